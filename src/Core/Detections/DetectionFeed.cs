using System.Collections.Concurrent;
using VisionStream.Core.Streams;

namespace VisionStream.Core.Detections;

/// <summary>
/// Safe from any thread. Subscribers are called on the publisher's thread, in no particular order between publishers of different
/// streams and in order for one stream; they must be quick and must not block. The place where features meet: ingest and the
/// detector publish here, the broadcaster and the restream listen. It remembers the latest of each stream for those who come later.
/// </summary>
public sealed class DetectionFeed
{
    private readonly ConcurrentDictionary<StreamName, StreamSnapshot> _streams = new();
    private readonly Lock _gate = new();
    private Action<FrameDetections>[] _onDetections = [];
    private Action<StreamStatus>[] _onStatus = [];

    /// <summary>The latest of every stream, ordered by name.</summary>
    public IReadOnlyList<StreamSnapshot> Streams =>
        [.. _streams.Values.OrderBy(s => s.Status.Stream.Value, StringComparer.Ordinal)];

    /// <summary>The latest of one stream, or <see langword="null"/> when it is not known.</summary>
    public StreamSnapshot? Find(StreamName stream) => _streams.GetValueOrDefault(stream);

    /// <summary>Hands a result to all subscribers.</summary>
    /// <exception cref="AggregateException">A subscriber threw; the others were called all the same.</exception>
    public void Publish(FrameDetections detections)
    {
        _streams.AddOrUpdate(
            detections.Stream,
            static (stream, d) => new StreamSnapshot(
                new StreamStatus(stream, StreamState.Online, "Frames arrive.", d.IngestedAt), d.Model, d),
            static (_, snapshot, d) => snapshot with { Model = d.Model, Newest = d },
            detections);
        CallAll(Volatile.Read(ref _onDetections), detections);
    }

    /// <summary>Hands a change of state to all subscribers.</summary>
    /// <exception cref="AggregateException">A subscriber threw; the others were called all the same.</exception>
    public void Publish(StreamStatus status)
    {
        _streams.AddOrUpdate(
            status.Stream,
            static (_, s) => new StreamSnapshot(s, null, null),
            static (_, snapshot, s) => snapshot with { Status = s },
            status);
        CallAll(Volatile.Read(ref _onStatus), status);
    }

    /// <summary>Says which model analyses a stream, before its first result; nobody is called.</summary>
    public void Announce(StreamName stream, ModelInfo model, DateTimeOffset at) =>
        _streams.AddOrUpdate(
            stream,
            static (name, m) => new StreamSnapshot(new StreamStatus(name, StreamState.Offline, "Not started yet.", m.at), m.model, null),
            static (_, snapshot, m) => snapshot with { Model = m.model },
            (model, at));

    /// <summary>Forgets a stream that was removed.</summary>
    public void Forget(StreamName stream) => _streams.TryRemove(stream, out _);

    /// <summary>Calls the handlers from now on until the result is disposed.</summary>
    public IDisposable Subscribe(Action<FrameDetections>? onDetections, Action<StreamStatus>? onStatus = null)
    {
        lock (_gate)
        {
            _onDetections = onDetections is null ? _onDetections : [.. _onDetections, onDetections];
            _onStatus = onStatus is null ? _onStatus : [.. _onStatus, onStatus];
        }

        return new Registration(() =>
        {
            lock (_gate)
            {
                _onDetections = [.. _onDetections.Where(h => h != onDetections)];
                _onStatus = [.. _onStatus.Where(h => h != onStatus)];
            }
        });
    }

    private static void CallAll<T>(Action<T>[] handlers, T item)
    {
        List<Exception>? faults = null;
        foreach (var handler in handlers)
        {
            try
            {
                handler(item);
            }
            catch (Exception e)
            {
                (faults ??= []).Add(e);
            }
        }

        if (faults is not null)
        {
            throw new AggregateException(faults);
        }
    }
}
