using System.Globalization;
using System.Text.RegularExpressions;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Restream;

/// <summary><c>bench restream</c> as a user types it. How fast anything is, is no matter of a test.</summary>
public sealed partial class RestreamBenchTests
{
    private const string NginxModule = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

    [Fact]
    public async Task It_ends_with_the_processor_time_of_both_sides_and_the_delay()
    {
        Peer.RequireProgram("ffmpeg", "ffmpeg");
        Peer.RequireProgram("nginx", "nginx libnginx-mod-rtmp");
        Peer.Require(File.Exists(NginxModule), $"{NginxModule} is not there; ./test brings it, or: apt install libnginx-mod-rtmp");
        await using var bench = ServiceProcess.Start("bench", "restream", "--rounds", "1", "--seconds", "2", "--warm-up", "1");
        Assert.True(await bench.WaitForExitAsync(TimeSpan.FromSeconds(300)) == 0, bench.Tail());

        var report = string.Join('\n', bench.Output.Lines());
        foreach (var figures in (Regex[])[Cpu(), Ratio(), Added(), Whole(), Frames()])
        {
            var match = figures.Match(report);
            Assert.True(match.Success, report);
            Assert.All(match.Groups.Values.Skip(1), g => Assert.True(double.Parse(g.Value, CultureInfo.InvariantCulture) > 0, report));
        }
    }

    [Theory]
    [InlineData("--clip", "no-such-clip.mp4", "no-such-clip.mp4")]
    [InlineData("--rounds", "0", "--rounds")]
    public async Task Mistakes_are_answered_with_a_sentence(string option, string value, string expected)
    {
        await using var bench = ServiceProcess.Start("bench", "restream", option, value);
        Assert.Equal(2, await bench.WaitForExitAsync());
        Assert.Contains(bench.Errors.Lines(), l => l.Contains(expected, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"CPU a frame +([\d.]+) ms .* ([\d.]+) ms")]
    private static partial Regex Cpu();

    [GeneratedRegex(@"CPU ratio +([\d.]+)")]
    private static partial Regex Ratio();

    [GeneratedRegex(@"added delay +p50 ([\d.]+) ms \(([\d.]+) frames\) +p99 ([\d.]+) ms")]
    private static partial Regex Added();

    [GeneratedRegex(@"whole delay +p50 ([\d.]+) ms +p99 ([\d.]+) ms")]
    private static partial Regex Whole();

    [GeneratedRegex(@"frames +(\d+) sent")]
    private static partial Regex Frames();
}
