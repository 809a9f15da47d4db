using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Relaying;

/// <summary>What is relayed and where to. Immutable.</summary>
public sealed record RelayOptions
{
    /// <summary>Where the packets come from.</summary>
    public required MediaSource Source { get; init; }

    /// <summary>Where to.</summary>
    public required TargetUrl Target { get; init; }

    /// <summary>Whether sound goes along where the target takes its codec (default: true).</summary>
    public bool Sound { get; init; } = true;

    /// <summary>The longest time that one attempt to reach the target, or one write to it, may take, 0.5 to 120 s (default: 5 s).</summary>
    public TimeSpan TargetTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How source and target are tried again (default: after 1 s, then more slowly up to every 10 s, without end).</summary>
    public ReconnectPattern Reconnect { get; init; } = ReconnectPattern.Forever;

    /// <summary>What is wrong with them, a sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [.. Reconnect.Validate()];
        if (TargetTimeout < TimeSpan.FromSeconds(0.5) || TargetTimeout > TimeSpan.FromSeconds(120))
        {
            errors.Add($"TargetTimeout: {TargetTimeout.TotalSeconds:0.##} s is out of range; 0.5 to 120 s are allowed.");
        }

        return errors;
    }
}
