using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster.Messages;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// A part of the subscribers and the one worker that serves them. Everything public only puts something into the inbox, from any
/// thread; everything else happens on the worker, one thing after the other, so nothing of it needs a lock.
/// </summary>
internal sealed class Shard : IAsyncDisposable
{
    // About a millisecond of sending at 5 us a message; then others on the thread pool get their turn.
    private const int SendsBeforeYield = 256;

    private readonly SubscriberGroups _groups = new();
    private readonly ShardInbox _inbox;
    private readonly MessageEncoder _encoder;
    private readonly FramePool _pool;
    private readonly DetectionFeed _feed;
    private readonly BroadcasterOptions _options;
    private readonly FanOutCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ProgressWatch _progress;
    private readonly Task _worker;
    private readonly HashSet<StreamName> _unencodable = [];
    private volatile IReadOnlyDictionary<StreamName, int> _audience = new Dictionary<StreamName, int>();
    private int _count;
    private int _sends;
    private bool _isBehind;

    /// <summary>Starts the worker.</summary>
    public Shard(DetectionFeed feed, FramePool pool, BroadcasterOptions options, FanOutCounters counters, TimeProvider time, ILogger log)
    {
        (_feed, _pool, _options, _counters, _time, _log) = (feed, pool, options, counters, time, log);
        _inbox = new ShardInbox(options.QueueLength);
        _encoder = new MessageEncoder(pool, time);
        _progress = new ProgressWatch(pool, _encoder, options, counters, time, log);
        _worker = Task.Run(RunAsync);
    }

    /// <summary>Subscribers that joined and have not left.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many of them get each stream that the feed knows, as it was at the last tick.</summary>
    public IReadOnlyDictionary<StreamName, int> Audience => _audience;

    /// <summary>Hands an event to all who want it.</summary>
    public void Post(Broadcast broadcast) => _inbox.Post(broadcast);

    /// <summary>Greets a subscriber; from then on it gets what it asked for.</summary>
    public void Join(Subscriber subscriber)
    {
        Interlocked.Increment(ref _count);
        OrderFor(subscriber, () =>
        {
            Reply(subscriber, _encoder.Hello(subscriber.Subscription, Known(subscriber.Subscription)));
            _groups.Add(subscriber);
        });
    }

    /// <summary>Forgets a subscriber.</summary>
    public void Leave(Subscriber subscriber)
    {
        Interlocked.Decrement(ref _count);
        OrderFor(subscriber, () => _groups.Remove(subscriber));
    }

    /// <summary>Gives a subscriber something else from now on, and tells it so.</summary>
    public void Change(Subscriber subscriber, Subscription subscription) =>
        OrderFor(subscriber, () =>
        {
            _groups.Remove(subscriber);
            subscriber.Change(subscription);
            _groups.Add(subscriber);
            Reply(subscriber, _encoder.Subscribed(subscription, Known(subscription)));
        });

    /// <summary>Tells a subscriber why its request was not followed.</summary>
    public void Refuse(Subscriber subscriber, string why) => OrderFor(subscriber, () => Reply(subscriber, _encoder.Error(why)));

    /// <summary>Looks after pings, slow subscribers, notices of loss and the audience; to be called once a second.</summary>
    public void Tick() => _inbox.Order(LookAfterAll);

    /// <summary>Closes all subscribers.</summary>
    public void CloseAll(CloseStatus status, string reason) =>
        _inbox.Order(() =>
        {
            var frame = SharedFrame.Close(_pool, status, reason);
            foreach (var (subscriber, _, _) in _groups.Members)
            {
                subscriber.Outbox.Close(frame.Keep());
            }

            frame.Release();
        });

    /// <summary>Ends the worker after what is in the inbox.</summary>
    public async ValueTask DisposeAsync()
    {
        _inbox.Complete();
        await _worker.ConfigureAwait(false);
        _progress.Dispose();
        _encoder.Dispose();
    }

    private async Task RunAsync()
    {
        bool open;
        do
        {
            open = await _inbox.WaitAsync().ConfigureAwait(false);
            while (_inbox.TryTake(out var order, out var dropped, out var broadcast))
            {
                order?.Invoke();
                if (dropped is not null)
                {
                    CountLost(dropped);
                }

                if (broadcast is not null)
                {
                    await DeliverAsync(broadcast).ConfigureAwait(false);
                    broadcast.Done();
                }
            }

            _isBehind = false;
        }
        while (open);
    }

    private async ValueTask DeliverAsync(Broadcast broadcast)
    {
        var now = _time.GetTimestamp();
        var (stream, isDetections) = (broadcast.Stream, broadcast.IsDetections);
        foreach (var (variant, members) in _groups.ByVariant)
        {
            SharedFrame? frame = null;
            var hasFailed = false;
            for (var i = 0; i < members.Count; i++)
            {
                var (subscriber, outbox, wantsAll) = members[i];
                if (!wantsAll && !(isDetections ? subscriber.Wants(stream, now) : subscriber.Subscription.Covers(stream)))
                {
                    continue;
                }

                if (frame is null && !hasFailed)
                {
                    hasFailed = !TryEncode(broadcast, variant, out frame);
                }

                if (frame is null)
                {
                    outbox.CountLost(1, broadcast.Tally);
                }
                else if (outbox.Offer(frame))
                {
                    Log.FallsBehind(_log, subscriber.Name, _options.QueueLength);
                }

                if (++_sends % SendsBeforeYield == 0)
                {
                    await Task.Yield();
                }
            }
        }
    }

    private bool TryEncode(Broadcast broadcast, FrameVariant variant, [NotNullWhen(true)] out SharedFrame? frame)
    {
        try
        {
            frame = broadcast.Encode(variant, _encoder);
            _unencodable.Remove(broadcast.Stream);
            return true;
        }
        catch (Exception e)
        {
            // JSON has no number for NaN, for one; a result that holds one must not end the service for all.
            if (_unencodable.Add(broadcast.Stream))
            {
                Log.NotEncoded(_log, broadcast.Stream, e);
            }

            frame = null;
            return false;
        }
    }

    /// <summary>Enters results that the inbox had to drop. Who is paced misses none of them: its next one comes the sooner.</summary>
    private void CountLost(Dictionary<StreamName, long> dropped)
    {
        if (!_isBehind)
        {
            Log.WorkerBehind(_log, dropped.Values.Sum(), _count);
            _isBehind = true;
        }

        foreach (var (stream, results) in dropped)
        {
            var tally = _counters.Of(stream);
            foreach (var (subscriber, outbox, wantsAll) in _groups.Members)
            {
                if (wantsAll || (subscriber.Subscription.MaxFps == 0 && subscriber.Subscription.Covers(stream)))
                {
                    outbox.CountLost(results, tally);
                }
            }
        }
    }

    private void LookAfterAll()
    {
        var now = _time.GetTimestamp();
        var audience = _feed.Streams.ToDictionary(s => s.Status.Stream, _ => 0);
        StreamName[] streams = [.. audience.Keys];
        foreach (var (subscriber, _, _) in _groups.Members)
        {
            _progress.LookAt(subscriber, now);
            foreach (var stream in streams)
            {
                audience[stream] += subscriber.Subscription.Covers(stream) ? 1 : 0;
            }
        }

        _audience = audience;
    }

    /// <summary>Does something for one subscriber; when it fails, only that one suffers.</summary>
    private void OrderFor(Subscriber subscriber, Action order) =>
        _inbox.Order(() =>
        {
            try
            {
                order();
            }
            catch (Exception e)
            {
                Log.NotServed(_log, subscriber.Name, e);
                subscriber.Outbox.Close(SharedFrame.Close(_pool, CloseStatus.InternalError, "Something went wrong in the service."));
            }
        });

    private static void Reply(Subscriber subscriber, SharedFrame message)
    {
        subscriber.Outbox.Offer(message);
        message.Release();
    }

    private IEnumerable<StreamSnapshot> Known(Subscription subscription) => _feed.Streams.Where(s => subscription.Covers(s.Status.Stream));
}
