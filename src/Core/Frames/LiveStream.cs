using VisionStream.Core.Audio;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;

namespace VisionStream.Core.Frames;

/// <summary>
/// Safe from any thread. What the features share of one stream: its name, its frames and its books. It outlives the publisher's
/// visits, so that readers need not notice a reconnect.
/// </summary>
/// <param name="name">The stream's name.</param>
/// <param name="capacity">Slots in its ring (default: 30).</param>
public sealed class LiveStream(StreamName name, int capacity = FrameRing.DefaultCapacity) : IDisposable
{
    /// <summary>The stream's name.</summary>
    public StreamName Name { get; } = name;

    /// <summary>Its newest frames.</summary>
    public FrameRing Ring { get; } = new(capacity);

    /// <summary>Its newest packets of sound, as the source coded them.</summary>
    public AudioRing Audio { get; } = new();

    /// <summary>What became of its frames.</summary>
    public FrameLedger Ledger { get; } = new();

    /// <summary>Ends the ring; every reader has to have stopped.</summary>
    public void Dispose() => Ring.Dispose();
}
