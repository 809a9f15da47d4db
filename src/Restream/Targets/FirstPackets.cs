using VisionStream.LibAv;

namespace VisionStream.Restream.Targets;

/// <summary>
/// For one thread. Holds the first packets of a target back until each track has shown where it begins, so that the target begins
/// with the earliest: coded sound starts a packet before its first sample and comes out after the pictures of the same time, and FLV
/// takes nothing that is older than what it began with.
/// </summary>
/// <param name="timeBases">Seconds per tick of each track.</param>
internal sealed class FirstPackets(IReadOnlyList<Rational> timeBases) : IDisposable
{
    // Three packets of AAC at 24 kHz with a reserve. Sound that has not come by then is not waited for: a muted microphone, a track
    // that was announced and never sent.
    private const long LongestHoldMicroseconds = 250_000;

    private readonly List<(long At, Packet Packet)> _held = [];
    private readonly HashSet<int> _seen = [];

    /// <summary>Where the earliest packet lies, in microseconds; meaningful once <see cref="TryAdd"/> has said no.</summary>
    public long Start { get; private set; } = long.MaxValue;

    /// <summary>Takes a packet in, which is empty afterwards. False when there is nothing more to wait for: write what was held.</summary>
    /// <param name="packet">Its times rise within its track.</param>
    public bool TryAdd(Packet packet)
    {
        var at = timeBases[packet.StreamIndex].Rescale(packet.Dts, Rational.Microseconds);
        Start = Math.Min(Start, at);
        _seen.Add(packet.StreamIndex);
        _held.Add((at, packet.Clone()));
        packet.Clear();
        return _seen.Count < timeBases.Count && at - Start < LongestHoldMicroseconds;
    }

    /// <summary>Gives what is held, by time, and holds nothing afterwards.</summary>
    /// <param name="write">Called for each packet.</param>
    public void Release(Action<Packet> write)
    {
        // A stable sort: packets of one time stay in the order in which they came.
        foreach (var (_, packet) in _held.OrderBy(h => h.At))
        {
            write(packet);
        }

        Dispose();
    }

    /// <summary>Frees what is held.</summary>
    public void Dispose()
    {
        _held.ForEach(h => h.Packet.Dispose());
        _held.Clear();
    }
}
