using VisionStream.Broadcaster.Messages;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Safe from any thread. One event on its way through all shards. The first shard that needs a message for some filter encodes it,
/// the others find it here; when the last shard is done the frames are released.
/// </summary>
internal sealed class Broadcast
{
    private readonly Lock _gate = new();
    private readonly List<(FrameVariant Variant, SharedFrame Frame)> _encoded = [];
    private readonly FrameDetections? _detections;
    private readonly StreamStatus? _status;
    private int _shards;

    /// <summary>A frame's result.</summary>
    public Broadcast(FrameDetections detections, int shards, StreamTally tally) => (_detections, _shards, Tally) = (detections, shards, tally);

    /// <summary>A stream's new state.</summary>
    public Broadcast(StreamStatus status, int shards, StreamTally tally) => (_status, _shards, Tally) = (status, shards, tally);

    /// <summary>The stream that it is about.</summary>
    public StreamName Stream => _detections?.Stream ?? _status!.Stream;

    /// <summary>Where its messages are counted.</summary>
    public StreamTally Tally { get; }

    /// <summary>Whether it is a result; else it is a state, which is never thinned.</summary>
    public bool IsDetections => _detections is not null;

    /// <summary>The message for a variant, encoded at the first call; valid until the caller's shard is <see cref="Done"/>.</summary>
    public SharedFrame Encode(FrameVariant variant, MessageEncoder encoder)
    {
        lock (_gate)
        {
            // What is said of a stream's state is short and the same for all.
            return Find(IsDetections ? variant : new FrameVariant(DetectionFilter.All, IsDeflated: false), encoder);
        }
    }

    /// <summary>Says that one shard has finished with it.</summary>
    public void Done()
    {
        if (Interlocked.Decrement(ref _shards) == 0)
        {
            foreach (var (_, frame) in _encoded)
            {
                frame.Release();
            }
        }
    }

    private SharedFrame Find(FrameVariant variant, MessageEncoder encoder)
    {
        foreach (var (known, frame) in _encoded)
        {
            if (known == variant)
            {
                return frame;
            }
        }

        var made = variant.IsDeflated ? encoder.Deflated(Find(variant with { IsDeflated = false }, encoder))
            : _detections is not null ? encoder.Detections(_detections, variant.Filter)
            : encoder.Status(_status!);
        made.Tally = Tally;
        _encoded.Add((variant, made));
        return made;
    }
}
