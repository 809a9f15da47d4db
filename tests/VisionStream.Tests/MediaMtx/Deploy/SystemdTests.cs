using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VisionStream.Tests.MediaMtx.Deploy;

/// <summary>The units of deploy/systemd by systemd's own judgement, where there is a systemd-analyze.</summary>
public sealed partial class SystemdTests : IDisposable
{
    private const string Tool = "/usr/bin/systemd-analyze";

    private readonly string _folder = Directory.CreateTempSubdirectory("units").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("visionstream.service", "/opt/visionstream/visionstream")]
    [InlineData("mediamtx.service", "/usr/local/bin/mediamtx")]
    public async Task Systemd_finds_nothing_wrong_with_a_unit(string unit, string program)
    {
        var text = DeployFile.Text($"systemd/{unit}");
        Assert.Contains($"ExecStart={program} ", text, StringComparison.Ordinal);

        // The program is not installed here, nor is the unit's other half.
        foreach (var name in (string[])["visionstream.service", "mediamtx.service"])
        {
            var other = DeployFile.Text($"systemd/{name}");
            await File.WriteAllTextAsync(Path.Combine(_folder, name), ExecStart().Replace(other, "ExecStart=/bin/true "), TestContext.Current.CancellationToken);
        }

        var (code, words) = await AnalyzeAsync("verify", Path.Combine(_folder, unit));
        Assert.True(code == 0 && !words.Contains(_folder, StringComparison.Ordinal) && !words.Contains(unit, StringComparison.Ordinal), words);
    }

    [Theory]
    [InlineData("visionstream.service")]
    [InlineData("mediamtx.service")]
    public async Task Systemd_calls_a_unit_well_protected(string unit)
    {
        var (_, words) = await AnalyzeAsync("security", "--offline=true", DeployFile.PathOf($"systemd/{unit}"));

        // 0 is a unit that can do nothing, 10 one that may do all; up to 2 systemd says OK.
        Assert.InRange(double.Parse(Exposure().Match(words).Groups[1].Value, CultureInfo.InvariantCulture), 0, 2);
    }

    [Theory]
    [InlineData("visionstream.service")]
    [InlineData("mediamtx.service")]
    public void A_unit_has_a_user_of_its_own_and_a_private_world(string unit)
    {
        var lines = DeployFile.Text($"systemd/{unit}").Split('\n');
        Assert.Contains($"User={unit.Split('.')[0]}", lines);
        string[] needed = ["PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet="];
        Assert.Empty(needed.Except(lines));
    }

    [GeneratedRegex(@"ExecStart=\S+ ")]
    private static partial Regex ExecStart();

    [GeneratedRegex(@"Overall exposure level for \S+: ([\d.]+)")]
    private static partial Regex Exposure();

    private static async Task<(int Code, string Words)> AnalyzeAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Tool), "systemd-analyze is not on this machine.");
        using var process = Process.Start(new ProcessStartInfo(Tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
