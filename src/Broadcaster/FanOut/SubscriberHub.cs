using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster.Messages;
using VisionStream.Core.Detections;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread. Stands between the feed and the subscribers.
/// </summary>
/// <remarks>
/// <code>
/// DetectionFeed -> Broadcast -+-> ShardInbox -> worker -> group by filter -> Outbox -> connection
///                             +-> ShardInbox -> worker -> ...      (encoded once a filter, whatever the number of shards)
/// </code>
/// The publisher's thread only enqueues. A worker that falls behind drops the oldest results; an outbox that falls behind drops its
/// own oldest messages.
/// </remarks>
internal sealed class SubscriberHub : IAsyncDisposable
{
    // Notices of loss go out at most once a second, so this is often enough for all that is looked after.
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly Shard[] _shards;
    private readonly Meter _meter;
    private readonly IDisposable _feed;
    private readonly ITimer _ticks;
    private readonly CancellationTokenRegistration _stopping;
    private readonly int _maxSubscribers;
    private int _places;
    private int _closing;

    /// <summary>Starts to listen to the feed.</summary>
    public SubscriberHub(
        BroadcasterOptions options, DetectionFeed feed, TimeProvider time, IMeterFactory meters, IHostApplicationLifetime lifetime,
        ILogger<SubscriberHub> log)
    {
        _maxSubscribers = options.MaxSubscribers;
        _shards = [.. Enumerable.Range(0, options.Shards).Select(_ => new Shard(feed, Pool, options, Counters, time, log))];
        _meter = meters.Create(MetricNames.Meter);
        _meter.CreateObservableUpDownCounter(MetricNames.Subscribers, () => Count, "{subscriber}", "Subscribers connected now.");
        _meter.CreateObservableGauge(MetricNames.StreamSubscribers, Audience, "{subscriber}", "Subscribers that get a stream; one may get several.");
        _meter.CreateObservableCounter(MetricNames.MessagesSent, () => Told(t => t.Sent), "{message}", "Messages handed to connections.");
        _meter.CreateObservableCounter(MetricNames.BytesSent, () => Told(t => t.Bytes), "By", "Bytes of those messages, as WebSocket frames.");
        _meter.CreateObservableCounter(
            MetricNames.MessagesLost, () => Told(t => t.Lost), "{message}", "Messages dropped because a subscriber was slow.");
        _meter.CreateObservableCounter(
            MetricNames.SubscribersClosedSlow, () => Counters.ClosedSlow, "{subscriber}", "Subscribers closed for making no progress.");
        _ticks = time.CreateTimer(
            _ =>
            {
                Each(s => s.Tick());
                Counters.Retire(stream => feed.Find(stream) is not null);
            },
            null, TickInterval, TickInterval);
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
        _feed = feed.Subscribe(
            detections => Post(new Broadcast(detections, _shards.Length, Counters.Of(detections.Stream))),
            status => Post(new Broadcast(status, _shards.Length, Counters.Of(status.Stream))));
    }

    /// <summary>The buffers of all outgoing frames.</summary>
    public FramePool Pool { get; } = new();

    /// <summary>What all subscribers had together.</summary>
    public FanOutCounters Counters { get; } = new();

    /// <summary>Subscribers connected now.</summary>
    public int Count => Volatile.Read(ref _places);

    /// <summary>Whether the service is shutting down and takes nobody any more.</summary>
    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Takes a place if one is free; <see cref="GiveBackPlace"/> frees it.</summary>
    public bool TryTakePlace()
    {
        if (Interlocked.Increment(ref _places) <= _maxSubscribers)
        {
            return true;
        }

        GiveBackPlace();
        return false;
    }

    /// <summary>Frees a place.</summary>
    public void GiveBackPlace() => Interlocked.Decrement(ref _places);

    /// <summary>Greets a subscriber and serves it; the result is its shard, which also takes its leave.</summary>
    public Shard Join(Subscriber subscriber)
    {
        var shard = _shards.MinBy(s => s.Count)!;
        shard.Join(subscriber);
        if (IsClosing)
        {
            // It came between the check at the door and the general goodbye.
            CloseAll();
        }

        return shard;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await _stopping.DisposeAsync().ConfigureAwait(false);
        await _ticks.DisposeAsync().ConfigureAwait(false);
        CloseAll();
        foreach (var shard in _shards)
        {
            await shard.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Measurement<T> Of<T>(StreamName stream, T value)
        where T : struct => new(value, new KeyValuePair<string, object?>("stream", stream.Value));

    private IEnumerable<Measurement<int>> Audience() =>
        _shards.SelectMany(s => s.Audience).GroupBy(a => a.Key, a => a.Value).Select(a => Of(a.Key, a.Sum()));

    // What is about no stream has no tag, so that the sum over all is the total.
    private IEnumerable<Measurement<long>> Told(Func<StreamTally, long> read) =>
        Counters.ByStream.Select(s => Of(s.Key, read(s.Value))).Prepend(new Measurement<long>(read(Counters.Others)));

    private void CloseAll()
    {
        Volatile.Write(ref _closing, 1);
        Each(s => s.CloseAll(CloseStatus.GoingAway, "The service is shutting down."));
    }

    private void Post(Broadcast broadcast) => Each(s => s.Post(broadcast));

    private void Each(Action<Shard> action)
    {
        foreach (var shard in _shards)
        {
            action(shard);
        }
    }
}
