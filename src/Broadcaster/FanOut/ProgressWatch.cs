using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>For a shard's worker. Sees to it that subscribers read: pings them, tells them what they lost, and closes those that are stuck.</summary>
internal sealed class ProgressWatch : IDisposable
{
    private readonly FramePool _pool;
    private readonly MessageEncoder _encoder;
    private readonly BroadcasterOptions _options;
    private readonly FanOutCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SharedFrame _ping;

    /// <summary>Makes the watch of one shard, which uses that shard's encoder.</summary>
    public ProgressWatch(FramePool pool, MessageEncoder encoder, BroadcasterOptions options, FanOutCounters counters, TimeProvider time, ILogger log)
    {
        (_pool, _encoder, _options, _counters, _time, _log) = (pool, encoder, options, counters, time, log);
        _ping = SharedFrame.Copy(pool, [], Opcode.Ping);
    }

    /// <summary>Looks at one subscriber.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="now">The clock's timestamp, the same for all of a tick.</param>
    public void LookAt(Subscriber subscriber, long now)
    {
        var outbox = subscriber.Outbox;
        var stuck = outbox.StuckSince;
        var unanswered = subscriber.HeardAt < subscriber.PingedAt;
        if ((stuck != Outbox.NotStuck && _time.GetElapsedTime(stuck, now) >= _options.ProgressTimeout)
            || (unanswered && _time.GetElapsedTime(subscriber.PingedAt, now) >= _options.ProgressTimeout))
        {
            CloseSlow(subscriber);
            return;
        }

        if (!unanswered && _time.GetElapsedTime(subscriber.PingedAt, now) >= _options.PingInterval)
        {
            subscriber.PingedAt = now;
            outbox.Offer(_ping);
        }

        if (outbox.NeedsLagNotice(out var lost, out var total))
        {
            var notice = _encoder.Lag(lost, total);
            outbox.OfferLag(notice, total);
            notice.Release();
        }
    }

    /// <summary>Lets go of the ping.</summary>
    public void Dispose() => _ping.Release();

    private void CloseSlow(Subscriber subscriber)
    {
        if (subscriber.Outbox.Closing.IsCompleted)
        {
            return;
        }

        _counters.CountClosedSlow();
        Log.ClosedSlow(_log, subscriber.Name, _options.ProgressTimeout.TotalSeconds, subscriber.Outbox.Lost);
        subscriber.Outbox.Close(SharedFrame.Close(_pool, CloseStatus.TryAgainLater, "No progress; come back when you can read."));
    }
}
