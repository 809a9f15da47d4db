using System.Collections.Concurrent;
using VisionStream.Broadcaster.Messages;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread. What all subscribers of the service had together since it started, by stream. A message is counted once, in
/// the tally that it carries, so that to know the stream costs sending nothing.
/// </summary>
internal sealed class FanOutCounters
{
    private readonly ConcurrentDictionary<StreamName, StreamTally> _streams = new();
    private long _closedSlow;

    /// <summary>Messages about no stream, such as greetings, and about streams that are no more.</summary>
    public StreamTally Others { get; } = new();

    /// <summary>Messages handed to connections.</summary>
    public long Sent => Others.Sent + _streams.Values.Sum(t => t.Sent);

    /// <summary>The bytes of their frames.</summary>
    public long Bytes => Others.Bytes + _streams.Values.Sum(t => t.Bytes);

    /// <summary>Messages that were dropped because a subscriber was slow.</summary>
    public long Lost => Others.Lost + _streams.Values.Sum(t => t.Lost);

    /// <summary>Subscribers closed because they made no progress.</summary>
    public long ClosedSlow => Interlocked.Read(ref _closedSlow);

    /// <summary>The tallies by stream.</summary>
    public IEnumerable<KeyValuePair<StreamName, StreamTally>> ByStream => _streams;

    /// <summary>A stream's tally.</summary>
    public StreamTally Of(StreamName stream) => _streams.GetOrAdd(stream, static _ => new StreamTally());

    /// <summary>Closes the tallies of streams that are no more, so that names do not gather for ever.</summary>
    public void Retire(Func<StreamName, bool> isThere)
    {
        foreach (var (stream, _) in _streams)
        {
            if (!isThere(stream) && _streams.TryRemove(stream, out var tally))
            {
                tally.GoInto(Others);
            }
        }
    }

    /// <summary>Enters a subscriber that was closed.</summary>
    public void CountClosedSlow() => Interlocked.Increment(ref _closedSlow);
}
