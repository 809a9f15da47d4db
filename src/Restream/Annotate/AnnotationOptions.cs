using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Annotate;

/// <summary>How a stream is annotated and where it goes. Immutable.</summary>
public sealed record AnnotationOptions
{
    /// <summary>Where to.</summary>
    public required TargetUrl Target { get; init; }

    /// <summary>How the picture is coded (default: libx264, ultrafast, the source's size and rate).</summary>
    public VideoEncoding Video { get; init; } = new();

    /// <summary>What becomes of the sound (default: copied where the target takes it).</summary>
    public AudioMode Audio { get; init; } = AudioMode.Copy;

    /// <summary>Whether boxes are drawn (default: true).</summary>
    public bool Boxes { get; init; } = true;

    /// <summary>Whether boxes move between results (default: true).</summary>
    public bool Prediction { get; init; } = true;

    /// <summary>Whether a line with name, time, detection rate and latency is drawn (default: false).</summary>
    public bool Information { get; init; }

    /// <summary>Enlarges text and lines, 0.5 to 4 (default: 1).</summary>
    public double Scale { get; init; } = 1;

    /// <summary>How long the source may be silent before its last picture is dimmed, 0.2 to 60 s (default: 2 s).</summary>
    public TimeSpan SignalTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pictures a second while the source is away, 1 to 30 (default: 5).</summary>
    public double StillRate { get; init; } = 5;

    /// <summary>The longest time that one attempt to reach the target, or one write to it, may take, 0.5 to 120 s (default: 5 s).</summary>
    public TimeSpan TargetTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How the target is tried again (default: after 1 s, then more slowly up to every 10 s, without end).</summary>
    public ReconnectPattern Reconnect { get; init; } = ReconnectPattern.Forever;

    /// <summary>What is wrong with them, a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [.. Video.Validate(), .. Reconnect.Validate()];
        Check(Scale is >= 0.5 and <= 4, $"Scale: {Scale} is out of range; 0.5 to 4 are allowed.");
        Check(StillRate is >= 1 and <= 30, $"StillRate: {StillRate} is out of range; 1 to 30 pictures a second are allowed.");
        Check(
            SignalTimeout >= TimeSpan.FromSeconds(0.2) && SignalTimeout <= TimeSpan.FromSeconds(60),
            $"SignalTimeout: {SignalTimeout.TotalSeconds:0.##} s is out of range; 0.2 to 60 s are allowed.");
        Check(
            TargetTimeout >= TimeSpan.FromSeconds(0.5) && TargetTimeout <= TimeSpan.FromSeconds(120),
            $"TargetTimeout: {TargetTimeout.TotalSeconds:0.##} s is out of range; 0.5 to 120 s are allowed.");
        Check(
            Audio != AudioMode.Opus || Target.Takes("opus"),
            $"Audio: {Target.Kind} has no Opus; use aac or copy, or publish to RTSP.");
        Check(Audio != AudioMode.Aac || Target.Takes("aac"), $"Audio: {Target.Kind} has no AAC; use copy.");
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
