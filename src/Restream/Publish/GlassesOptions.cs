using VisionStream.Restream.Encoding;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Publish;

/// <summary>
/// What smart glasses of the MentraOS kind publish, without the glasses: 854x480 at 15 pictures a second, H.264 at 1 Mbit/s with a key
/// frame every two seconds, mono AAC-LC at 44.1 kHz and 64 kbit/s. Immutable.
/// </summary>
public sealed record GlassesOptions
{
    // The picture and the sound that stand in for a camera: libav's moving test picture with a tone. One filter graph gives both.
    private const string Pattern = "testsrc2=size=854x480:rate=15[out0];sine=frequency=440:sample_rate=44100[out1]";

    // Ten attempts, the waits growing from one second by half each time; the glasses' library takes a second of its own to recover before
    // each. Two minutes in all.
    private static readonly ReconnectPattern Persistence = new()
    {
        First = TimeSpan.FromSeconds(1),
        Factor = 1.5,
        Longest = TimeSpan.FromSeconds(40),
        Recovery = TimeSpan.FromSeconds(1),
        Attempts = 10,
    };

    /// <summary>Where to.</summary>
    public required TargetUrl Target { get; init; }

    /// <summary>A clip to play in a loop instead of the test picture (default: null).</summary>
    public MediaSource? Clip { get; init; }

    /// <summary>How much is published; <see langword="null"/> for no end (default: null).</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How often the bit rate changes, as it does in glasses that grow warm; <see langword="null"/> for never (default: 10 s).</summary>
    public TimeSpan? BitRateChangesEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same, as options of a <see cref="Publisher"/>.</summary>
    public PublishOptions ToPublishOptions() => new()
    {
        Source = Clip ?? new MediaSource(Pattern) { InputFormat = "lavfi" },
        Target = Target,
        Loop = Clip is not null,
        Duration = Duration,
        Video = new VideoEncoding
        {
            Width = 854,
            Height = 480,
            FrameRate = 15,
            BitRate = 1_000_000,
            Preset = "veryfast",
            KeyFrameInterval = TimeSpan.FromSeconds(2),
        },
        Sound = new SoundEncoding { Codec = "aac", BitRate = 64_000, SampleRate = 44_100, Channels = 1 },
        BitRateSteps = [.. Steps()],

        Reconnect = Persistence,
    };

    /// <summary>Down in two steps and up again, for as long as the longest demonstration lasts: an hour.</summary>
    private IEnumerable<BitRateStep> Steps()
    {
        int[] rates = [700_000, 450_000, 700_000, 1_000_000];
        for (var i = 1; BitRateChangesEvery is { } every && every * i < TimeSpan.FromHours(1); i++)
        {
            yield return new BitRateStep(every * i, rates[(i - 1) % rates.Length]);
        }
    }
}
