namespace VisionStream.Detector.Kernels;

/// <summary>
/// Not safe for several threads. Resamples one plane row by row and remembers the last two resampled source rows: when a picture
/// is enlarged or shrunk by less than half, neighbouring target rows share them.
/// </summary>
internal sealed unsafe class PlaneSampler
{
    private readonly AxisTaps _rows;
    private readonly RowTaps _columns;
    private readonly short[][] _buffers;
    private readonly int[] _held = [-1, -1];

    /// <param name="rows">Taps down the plane.</param>
    /// <param name="columns">Taps along a row.</param>
    public PlaneSampler(AxisTaps rows, RowTaps columns)
    {
        _rows = rows;
        _columns = columns;
        var length = RowTaps.Padded(columns.Count);
        _buffers = [GC.AllocateArray<short>(length, pinned: true), GC.AllocateArray<short>(length, pinned: true)];
    }

    /// <summary>Forgets the rows of the frame before.</summary>
    public void Begin() => _held[0] = _held[1] = -1;

    /// <summary>The two rows between which target row <paramref name="row"/> lies; valid until the next call.</summary>
    public RowPair Rows<TKernel>(byte* plane, int stride, int row)
        where TKernel : struct, IRowKernel
    {
        var (first, second) = (_rows.First[row], _rows.Second[row]);
        var slot = _held[0] == first ? 0 : _held[1] == first ? 1 : _held[0] == second ? 1 : 0;
        var upper = Fill<TKernel>(slot, first, plane, stride);
        var lower = second == first ? upper : Fill<TKernel>(1 - slot, second, plane, stride);
        return new RowPair(upper, lower, _rows.Weight[row]);
    }

    private short* Fill<TKernel>(int slot, int row, byte* plane, int stride)
        where TKernel : struct, IRowKernel
    {
        // Pinned for the sampler's life, so the pointer stays good.
        var buffer = (short*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_buffers[slot], 0);
        if (_held[slot] != row)
        {
            TKernel.Resample(plane + ((nint)row * stride), _columns, buffer);
            _held[slot] = row;
        }

        return buffer;
    }
}
