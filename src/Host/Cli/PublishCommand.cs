using System.CommandLine;
using System.Globalization;
using VisionStream.Host.Configuration;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Publish;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream publish SOURCE URL</c> and <c>visionstream simulate glasses URL</c>: video of this machine to a server.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "A file, lavfi:GRAPH, v4l2:/dev/video0, or any source of serve" };
    private static readonly Argument<string> Url = new("url") { Description = "rtsp://, rtmp:// or srt:// address to publish to" };
    private static readonly Option<string?> Preset = new("--preset") { Description = "320p, 480p or 720p: size, frame rate and bit rate that go together" };
    private static readonly Option<string?> Size = new("--size") { Description = "For example 1280x720 (default: the source's)" };
    private static readonly Option<double?> Fps = new("--fps") { Description = "Frames a second, 10 to 30 (default: the source's)" };
    private static readonly Option<string?> Bitrate = new("--bitrate") { Description = "Bits a second, 200k to 4M (default: by size)" };
    private static readonly Option<string?> Encoder = new("--encoder") { Description = "libx264, h264_v4l2m2m, h264_vaapi or h264_nvenc (default: libx264)" };
    private static readonly Option<string?> Audio = new("--audio") { Description = "Sound from elsewhere, for example alsa:default; none for none (default: the source's)" };
    private static readonly Option<bool> Voice = new("--voice-filter") { Description = "Filter the sound to 100 Hz to 7 kHz" };
    private static readonly Option<bool> Loop = new("--loop") { Description = "Start a file again when it ends" };
    private static readonly Option<double?> Duration = new("--duration") { Description = "Stop after so many seconds" };
    private static readonly Option<string?> Clip = new("--clip") { Description = "A clip to play instead of the test picture" };

    public static Command Create()
    {
        var command = new Command("publish", "Publish a file, a pattern or a camera to a server")
        {
            Source, Url, Preset, Size, Fps, Bitrate, Encoder, Audio, Voice, Loop, Duration,
        };
        command.SetAction((parsed, cancel) => RunAsync(Read(parsed), cancel));
        return command;
    }

    public static Command CreateSimulate()
    {
        var glasses = new Command("glasses", "Publish what smart glasses send: 854x480 at 15 a second, AAC, a bit rate that changes") { Url, Clip, Duration };
        glasses.SetAction((parsed, cancel) =>
        {
            var clip = parsed.GetValue(Clip);
            return RunAsync(
                new GlassesOptions
                {
                    Target = MediaSources.Target(parsed.GetRequiredValue(Url)),
                    Clip = clip is null ? null : MediaSources.Of(clip),
                    Duration = Seconds(parsed.GetValue(Duration)),
                }.ToPublishOptions(),
                cancel);
        });
        return new Command("simulate", "Publish what a device would send") { glasses };
    }

    private static PublishOptions Read(ParseResult parsed)
    {
        var audio = parsed.GetValue(Audio);
        var none = string.Equals(audio, "none", StringComparison.OrdinalIgnoreCase);
        var video = ReadVideo(parsed);
        return new PublishOptions
        {
            Source = MediaSources.Of(parsed.GetRequiredValue(Source), video),
            Target = MediaSources.Target(parsed.GetRequiredValue(Url)),
            SoundSource = audio is null || none ? null : MediaSources.OfSound(audio),
            Sound = none ? null : new SoundEncoding { VoiceFilter = parsed.GetValue(Voice) },
            Video = video,
            Loop = parsed.GetValue(Loop),
            Duration = Seconds(parsed.GetValue(Duration)),
        };
    }

    private static VideoEncoding ReadVideo(ParseResult parsed)
    {
        var video = new VideoEncoding();
        if (parsed.GetValue(Preset) is { } preset && !PublishOptions.Presets.TryGetValue(preset, out video))
        {
            throw new BadInputException($"--preset: '{preset}' is not one of {string.Join(", ", PublishOptions.Presets.Keys)}.");
        }

        if (parsed.GetValue(Size) is { } size)
        {
            var sides = size.Split('x');
            video = sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
                && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
                ? video! with { Width = width, Height = height }
                : throw new BadInputException($"--size: '{size}' is no size such as 1280x720.");
        }

        return video! with
        {
            FrameRate = parsed.GetValue(Fps) ?? video.FrameRate,
            BitRate = parsed.GetValue(Bitrate) is { } bitrate ? ReadBitRate(bitrate) : video.BitRate,
            Encoder = parsed.GetValue(Encoder) ?? video.Encoder,
        };
    }

    private static int ReadBitRate(string text) =>
        BitRateText.TryRead(text, out var bitRate) ? bitRate : throw new BadInputException($"--bitrate: '{text}' is no bit rate such as 500k or 2M.");

    private static TimeSpan? Seconds(double? value) => value switch
    {
        null => null,
        > 0 and < 1e7 => TimeSpan.FromSeconds(value.Value),
        _ => throw new BadInputException("--duration takes a number of seconds above 0."),
    };

    private static Task<int> RunAsync(PublishOptions options, CancellationToken cancel) => MediaRun.RunAsync(options.Validate(), async (loggers, progress) =>
    {
        var report = new ProgressReport<PublishProgress>(p => progress.Show(
            string.Create(CultureInfo.InvariantCulture, $"{p.Elapsed:hh\\:mm\\:ss}  {p.Frames} frames  {p.FramesPerSecond:0.0}/s  {p.BitsPerSecond / 1000:0} kbit/s  {p.Reconnects} reconnects"),
            p.Notice));
        var result = await new Publisher(loggers.CreateLogger<Publisher>()).RunAsync(options, report, cancel);
        return result is PublishResult.Completed or PublishResult.Cancelled;
    });
}
