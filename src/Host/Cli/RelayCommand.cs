using System.CommandLine;
using System.Globalization;
using VisionStream.Restream.Relaying;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream relay SOURCE URL</c>: packets from one place to another, without decoding.</summary>
internal static class RelayCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "Any source of serve, for example a robot's camera.sdp" };
    private static readonly Argument<string> Url = new("url") { Description = "rtsp://, rtmp:// or srt:// address to publish to" };
    private static readonly Option<bool> NoSound = new("--no-sound") { Description = "Leave the sound out" };

    public static Command Create()
    {
        var command = new Command("relay", "Copy packets from a source to a server, without transcoding") { Source, Url, NoSound };
        command.SetAction((parsed, cancel) => RunAsync(
            new RelayOptions
            {
                Source = MediaSources.Of(parsed.GetRequiredValue(Source)),
                Target = MediaSources.Target(parsed.GetRequiredValue(Url)),
                Sound = !parsed.GetValue(NoSound),
            },
            cancel));
        return command;
    }

    private static Task<int> RunAsync(RelayOptions options, CancellationToken cancel) => MediaRun.RunAsync(options.Validate(), async (_, progress) =>
    {
        var report = new ProgressReport<RelayProgress>(p => progress.Show(
            string.Create(CultureInfo.InvariantCulture, $"{p.Packets} packets  {p.Lost} lost  {p.Damaged} damaged  {p.BitsPerSecond / 1000:0} kbit/s  {p.Restarts} restarts"),
            p.Notice));
        var result = await new Relay().RunAsync(options, report, cancel);
        return result is RelayResult.Completed or RelayResult.Cancelled;
    });
}
