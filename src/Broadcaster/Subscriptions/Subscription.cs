using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Subscriptions;

/// <summary>Immutable. What one subscriber asked for.</summary>
/// <param name="Streams">The streams, sorted and without repetition; empty for all, those that come later too.</param>
/// <param name="Filter">Which detections of a frame.</param>
/// <param name="MaxFps">Messages a second of one stream at most; 0 for no limit.</param>
public sealed record Subscription(IReadOnlyList<StreamName> Streams, DetectionFilter Filter, double MaxFps)
{
    /// <summary>Everything.</summary>
    public static readonly Subscription Everything = new([], DetectionFilter.All, 0);

    /// <summary>Of a subscription for all streams, those that the subscriber may see; <see langword="null"/> for all of them.</summary>
    public Func<StreamName, bool>? MayRead { get; init; }

    /// <summary>Whether it covers a stream.</summary>
    public bool Covers(StreamName stream)
    {
        var streams = Streams;
        if (streams.Count == 0)
        {
            return MayRead?.Invoke(stream) ?? true;
        }

        // At most SubscriptionReader.MaxStreams names; a scan beats a hash for the one or two that are usual.
        for (var i = 0; i < streams.Count; i++)
        {
            if (streams[i] == stream)
            {
                return true;
            }
        }

        return false;
    }
}
