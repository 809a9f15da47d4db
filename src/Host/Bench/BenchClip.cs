using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Host.Configuration;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;

namespace VisionStream.Host.Bench;

/// <summary>The clip that a bench publishes: 1280x720 at 30 frames a second, coded once, so that no encoder takes anything from what is measured.</summary>
internal static class BenchClip
{
    /// <summary>Makes it.</summary>
    /// <param name="clip">What it shows, over and over; <see langword="null"/> for a moving test pattern.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="path">Where it is written.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="BadInputException">The clip cannot be read.</exception>
    public static async Task MakeAsync(string? clip, TimeSpan length, string path, CancellationToken cancel)
    {
        var source = clip is null
            ? new MediaSource("testsrc2=size=1280x720:rate=30") { InputFormat = "lavfi", Paced = false }
            : MediaSource.OfFile(clip) with { Paced = false };
        var notices = new List<string>();
        var result = await new Publisher(NullLogger.Instance).RunAsync(
            new PublishOptions
            {
                Source = source,
                Target = TargetUrl.Parse(path),
                Video = new VideoEncoding { Width = 1280, Height = 720, FrameRate = 30, BitRate = 3_000_000 },
                Sound = null,
                Loop = true,
                Duration = length,
            },
            new Progress<PublishProgress>(p =>
            {
                if (p.Notice is not null)
                {
                    notices.Add(p.Notice);
                }
            }),
            cancel);
        cancel.ThrowIfCancellationRequested();
        if (result != PublishResult.Completed)
        {
            throw new BadInputException($"The clip cannot be made: {string.Join(' ', notices)}");
        }
    }
}
