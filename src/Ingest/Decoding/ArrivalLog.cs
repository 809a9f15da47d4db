using VisionStream.LibAv;

namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For one thread. Remembers when the last packets came, by presentation time: with B-frames a decoder gives pictures out in
/// another order than it takes packets in, and a picture's latency counts from its own packet. Allocates nothing.
/// </summary>
internal sealed class ArrivalLog
{
    /// <summary>Packets remembered. H.264 and HEVC hold back at most 16 pictures; the rest is for decoders with threads.</summary>
    public const int Capacity = 64;

    private readonly long[] _pts = new long[Capacity];
    private readonly PacketArrival[] _arrivals = new PacketArrival[Capacity];
    private long _count;

    /// <summary>Enters a packet.</summary>
    public void Add(long pts, in PacketArrival arrival)
    {
        var slot = (int)(_count++ % Capacity);
        _pts[slot] = pts;
        _arrivals[slot] = arrival;
    }

    /// <summary>When the packet of a picture came.</summary>
    /// <param name="pts">The picture's time.</param>
    /// <param name="arrival">Its packet's arrival, or the newest packet's when no packet remembered had that time.</param>
    /// <returns>Whether it is certain: false for pictures of packets that carried no times.</returns>
    /// <exception cref="InvalidOperationException">No packet was entered.</exception>
    public bool Find(long pts, out PacketArrival arrival)
    {
        if (_count == 0)
        {
            throw new InvalidOperationException("A picture came out before a packet went in.");
        }

        for (var i = _count - 1; i >= 0 && i >= _count - Capacity && pts != Packet.NoPts; i--)
        {
            if (_pts[i % Capacity] == pts)
            {
                arrival = _arrivals[i % Capacity];
                return true;
            }
        }

        arrival = _arrivals[(_count - 1) % Capacity];
        return false;
    }

    /// <summary>Forgets all packets, for a file that starts again.</summary>
    public void Clear() => _count = 0;
}
