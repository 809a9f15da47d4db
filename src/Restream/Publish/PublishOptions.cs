using VisionStream.Restream.Encoding;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Publish;

/// <summary>What is published, how and where to. Immutable.</summary>
public sealed record PublishOptions
{
    /// <summary>The sizes that have names, with the frame and bit rates that suit them.</summary>
    public static readonly IReadOnlyDictionary<string, VideoEncoding> Presets = new Dictionary<string, VideoEncoding>(StringComparer.OrdinalIgnoreCase)
    {
        // The smallest fits a mobile uplink of 250 kbit/s together with the sound.
        ["320p"] = new() { Height = 320, FrameRate = 15, BitRate = 200_000 },
        ["480p"] = new() { Height = 480, FrameRate = 20, BitRate = 700_000 },
        ["720p"] = new() { Height = 720, FrameRate = 25, BitRate = 1_800_000 },
    };

    /// <summary>Where the pictures come from.</summary>
    public required MediaSource Source { get; init; }

    /// <summary>Where to.</summary>
    public required TargetUrl Target { get; init; }

    /// <summary>Where the sound comes from; <see langword="null"/> takes that of <see cref="Source"/>, if it has any (default: null).</summary>
    public MediaSource? SoundSource { get; init; }

    /// <summary>How the picture is coded (default: the source's size and rate).</summary>
    public VideoEncoding Video { get; init; } = new();

    /// <summary>How sound is coded; <see langword="null"/> for none (default: Opus or AAC at 48 kbit/s, mono, 24 kHz).</summary>
    public SoundEncoding? Sound { get; init; } = new();

    /// <summary>Whether a file starts again at its end (default: false).</summary>
    public bool Loop { get; init; }

    /// <summary>How much is published, in the stream's own time; <see langword="null"/> for no end (default: null).</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Changes of the video's bit rate on the way, by rising time (default: none).</summary>
    public IReadOnlyList<BitRateStep> BitRateSteps { get; init; } = [];

    /// <summary>The longest time that one attempt to reach the target, or one write to it, may take, 0.5 to 120 s (default: 5 s).</summary>
    public TimeSpan TargetTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How source and target are tried again (default: after 1 s, then more slowly up to every 10 s, without end).</summary>
    public ReconnectPattern Reconnect { get; init; } = ReconnectPattern.Forever;

    /// <summary>What is wrong with them, a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [.. Video.Validate(), .. Reconnect.Validate(), .. Sound?.Validate(Target) ?? []];
        Check(
            Video.FrameRate is null or (>= 10 and <= 30),
            $"Video: {Video.FrameRate} frames a second are out of range for publishing; 10 to 30 are allowed.");
        Check(
            Video.BitRate is null or (>= 200_000 and <= 4_000_000),
            $"Video: a bit rate of {Video.BitRate} is out of range for publishing; 200,000 to 4,000,000 bits a second are allowed.");
        Check(
            BitRateSteps.All(s => s.BitRate is >= 100_000 and <= 50_000_000) && BitRateSteps.Zip(BitRateSteps.Skip(1)).All(s => s.First.At < s.Second.At),
            "BitRateSteps: they have to come by rising time, with 100,000 to 50,000,000 bits a second each.");
        Check(Duration is null || Duration > TimeSpan.Zero, $"Duration: {Duration} is not positive.");
        Check(
            TargetTimeout >= TimeSpan.FromSeconds(0.5) && TargetTimeout <= TimeSpan.FromSeconds(120),
            $"TargetTimeout: {TargetTimeout.TotalSeconds:0.##} s is out of range; 0.5 to 120 s are allowed.");
        Check(Sound is not null || SoundSource is null, "SoundSource: a source of sound is given and sound is switched off.");
        return errors;

        void Check(bool isRight, string error)
        {
            if (!isRight)
            {
                errors.Add(error);
            }
        }
    }
}
