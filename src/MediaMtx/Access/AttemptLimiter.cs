using System.Net;
using System.Net.Sockets;

namespace VisionStream.MediaMtx.Access;

/// <summary>
/// Safe from any thread. Counts failed attempts by address: a bucket that fills with every failure and leaks steadily. The table is
/// bounded; the address that failed longest ago is forgotten first.
/// </summary>
internal sealed class AttemptLimiter(AccessOptions options, TimeProvider time)
{
    // An IPv6 customer has at least a /64, and may take any address in it.
    private const int NetworkBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, LinkedListNode<Bucket>> _buckets = [];
    private readonly LinkedList<Bucket> _byAge = [];

    /// <summary>Addresses remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Whether an address has to wait, and how long; zero when it does not.</summary>
    public TimeSpan WaitOf(IPAddress address)
    {
        lock (_gate)
        {
            var level = _buckets.TryGetValue(NetworkOf(address), out var node) ? Leak(node.Value) : 0;
            return level + 1 <= options.MaxFailures ? TimeSpan.Zero : (level + 1 - options.MaxFailures) * options.ForgivenAfter;
        }
    }

    /// <summary>Counts failures.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="count">How many at once, 1 or more; those beyond what was left lengthen the wait.</param>
    /// <returns>Whether the address has to wait from now on.</returns>
    public bool Fail(IPAddress address, int count = 1)
    {
        lock (_gate)
        {
            var network = NetworkOf(address);
            if (!_buckets.TryGetValue(network, out var node))
            {
                if (_buckets.Count >= options.RememberedAddresses)
                {
                    _buckets.Remove(_byAge.First!.Value.Network);
                    _byAge.RemoveFirst();
                }

                node = new LinkedListNode<Bucket>(new Bucket(network, time.GetTimestamp()));
                _buckets[network] = node;
            }
            else
            {
                _byAge.Remove(node);
            }

            _byAge.AddLast(node);
            var before = Leak(node.Value);
            node.Value.Level = Math.Min(before + count, options.MaxFailures + count - 1);
            return before + 1 <= options.MaxFailures && node.Value.Level + 1 > options.MaxFailures;
        }
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }

    private double Leak(Bucket bucket)
    {
        var now = time.GetTimestamp();
        bucket.Level = Math.Max(0, bucket.Level - (time.GetElapsedTime(bucket.At, now) / options.ForgivenAfter));
        bucket.At = now;
        return bucket.Level;
    }

    private sealed class Bucket(IPAddress network, long at)
    {
        public IPAddress Network { get; } = network;

        public long At { get; set; } = at;

        public double Level { get; set; }
    }
}
