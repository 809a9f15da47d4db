using System.Diagnostics;

namespace VisionStream.Core.Frames;

/// <summary>
/// Written by the ring's writer while nobody holds it, read by any number of threads while they hold a <see cref="FrameLease"/>.
/// One slot of a <see cref="FrameRing"/>: the planes of a decoded frame and where it came from.
/// </summary>
/// <remarks>
/// The planes lie in one pinned array that is kept for the next frame of the same or a smaller size. Rows start at multiples of
/// <see cref="Alignment"/> bytes, and at least <see cref="Alignment"/> readable bytes follow the last row of the last plane, so
/// that a kernel may read a whole vector from any sample.
/// </remarks>
public sealed class VideoFrame
{
    /// <summary>Row alignment in bytes: one vector of AVX-512, one cache line.</summary>
    public const int Alignment = 64;

    private readonly int[] _offsets = new int[3];
    private readonly int[] _strides = new int[3];
    private byte[] _bytes = [];
    private int _origin;

    internal VideoFrame()
    {
    }

    /// <summary>Counts the frames of a ring from 1; 0 before the first one is published here.</summary>
    public long Id { get; internal set; }

    /// <summary>Size, layout and colours.</summary>
    public FrameFormat Format { get; private set; }

    /// <summary>Source, times and session.</summary>
    public FrameInfo Info { get; internal set; }

    /// <summary>Leases outstanding; guarded by the ring's lock.</summary>
    internal int Holders { get; set; }

    /// <summary>Bytes from one row of a plane to the next.</summary>
    public int Stride(int plane) => _strides[plane];

    /// <summary>
    /// The samples of a plane, <see cref="Stride"/> times its height bytes and the padding behind them. Valid while the lease is held.
    /// </summary>
    public ReadOnlySpan<byte> Plane(int plane) => Writable(plane);

    /// <summary>Lays the planes out for a format; what was there before is gone.</summary>
    internal void Shape(in FrameFormat format)
    {
        Debug.Assert(Holders == 0, "A frame that somebody holds must not be written.");
        if (format == Format)
        {
            return;
        }

        var total = 0;
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            _strides[plane] = (format.PlaneWidth(plane) + Alignment - 1) & -Alignment;
            _offsets[plane] = total;
            total = checked(total + (_strides[plane] * format.PlaneHeight(plane)));
        }

        // One alignment to place the origin, one for the over-read at the end.
        var needed = total + (2 * Alignment);
        if (_bytes.Length < needed || _bytes.Length / 4 > needed)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(needed, pinned: true);
            _origin = OffsetToAlignment(_bytes);
        }

        Format = format;
    }

    /// <summary>The plane for the writer.</summary>
    internal Span<byte> Writable(int plane)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)plane, (uint)Format.PlaneCount, nameof(plane));
        var length = (_strides[plane] * Format.PlaneHeight(plane)) + Alignment;
        return _bytes.AsSpan(_origin + _offsets[plane], length);
    }

    private static int OffsetToAlignment(byte[] pinned)
    {
        var address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1));
    }
}
