using System.Threading.Channels;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread; one worker takes out. Orders to a shard, which go first and are few (one at a time from a connection, by
/// its rate limit), and broadcasts, which are bounded: when the worker falls behind, the oldest results go, and what went is
/// remembered by stream until the worker asks.
/// </summary>
internal sealed class ShardInbox(int queueLength)
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _orders = new();
    private readonly DroppingQueue<Broadcast> _broadcasts = new(queueLength, static b => b.IsDetections);
    // A bell: one slot, so ringing twice is ringing once.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private Dictionary<StreamName, long>? _dropped;

    /// <summary>Gives an order.</summary>
    public void Order(Action order)
    {
        lock (_gate)
        {
            _orders.Enqueue(order);
        }

        _bell.Writer.TryWrite(true);
    }

    /// <summary>Hands in an event.</summary>
    public void Post(Broadcast broadcast)
    {
        Broadcast? dropped;
        lock (_gate)
        {
            dropped = _broadcasts.Enqueue(broadcast);
            if (dropped is not null)
            {
                _dropped ??= [];
                _dropped[dropped.Stream] = _dropped.GetValueOrDefault(dropped.Stream) + 1;
            }
        }

        dropped?.Done();
        _bell.Writer.TryWrite(true);
    }

    /// <summary>Ends it: the worker takes out what is there and then learns that there is no more.</summary>
    public void Complete() => _bell.Writer.TryComplete();

    /// <summary>Waits until there may be something; <see langword="false"/> after <see cref="Complete"/>.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        var open = await _bell.Reader.WaitToReadAsync().ConfigureAwait(false);
        _bell.Reader.TryRead(out _);
        return open;
    }

    /// <summary>Takes the next order, or else what was dropped, or else the next event; exactly one of the three is set.</summary>
    public bool TryTake(out Action? order, out Dictionary<StreamName, long>? dropped, out Broadcast? broadcast)
    {
        lock (_gate)
        {
            (order, dropped, broadcast) = (null, null, null);
            if (_orders.TryDequeue(out order))
            {
                return true;
            }

            if (_dropped is not null)
            {
                (dropped, _dropped) = (_dropped, null);
                return true;
            }

            return _broadcasts.TryDequeue(out broadcast);
        }
    }
}
