using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// One connection as the fan-out sees it. What it asked for, and when it was pinged, belongs to its shard's worker; the outbox and
/// the signs of life are safe from any thread.
/// </summary>
internal sealed class Subscriber
{
    /// <summary>The index of a subscriber that is in no group.</summary>
    public const int Nowhere = -1;

    private readonly TimeProvider _time;
    private readonly bool _isDeflated;
    private Pacer? _pacer;
    private long _heardAt;

    /// <summary>Makes a subscriber that is not served until it joins a shard.</summary>
    public Subscriber(string name, Outbox outbox, Subscription subscription, bool isDeflated, TimeProvider time)
    {
        (Name, Outbox, Subscription, _isDeflated, _time) = (name, outbox, subscription, isDeflated, time);
        _pacer = Pace(subscription);
        // Equal, so that no ping counts as unanswered.
        _heardAt = PingedAt = time.GetTimestamp();
    }

    /// <summary>Who it is, for the log.</summary>
    public string Name { get; }

    /// <summary>Its outgoing side.</summary>
    public Outbox Outbox { get; }

    /// <summary>What it asked for; the worker's.</summary>
    public Subscription Subscription { get; private set; }

    /// <summary>Which bytes it gets; the worker's.</summary>
    public FrameVariant Variant => new(Subscription.Filter, _isDeflated);

    /// <summary>Whether it wants, and may see, every result of every stream; the worker's.</summary>
    public bool WantsAll => _pacer is null && Subscription.Streams.Count == 0 && Subscription.MayRead is null;

    /// <summary>Where it stands in its group, or <see cref="Nowhere"/>; the worker's.</summary>
    public int Index { get; set; } = Nowhere;

    /// <summary>When the last ping was sent, as a timestamp of the clock; the worker's.</summary>
    public long PingedAt { get; set; }

    /// <summary>When it last sent anything, as a timestamp of the clock.</summary>
    public long HeardAt => Interlocked.Read(ref _heardAt);

    /// <summary>Enters a sign of life.</summary>
    public void Heard() => Interlocked.Exchange(ref _heardAt, _time.GetTimestamp());

    /// <summary>Asks for something else from now on; the worker's.</summary>
    public void Change(Subscription subscription)
    {
        Subscription = subscription;
        _pacer = Pace(subscription);
    }

    /// <summary>Whether a result of <paramref name="stream"/> is for it, now; the worker's.</summary>
    public bool Wants(StreamName stream, long now) => Subscription.Covers(stream) && (_pacer is null || _pacer.Admits(stream, now));

    private Pacer? Pace(Subscription subscription) =>
        subscription.MaxFps > 0 ? new Pacer(subscription.MaxFps, _time.TimestampFrequency) : null;
}
