using VisionStream.Core.Frames;

namespace VisionStream.Detector.Kernels;

/// <summary>
/// Immutable. <see cref="AxisTaps"/> along a row, laid out for byte shuffles: the taps of 8 target samples come from one or more
/// windows of 16 source bytes. Arrays are pinned and padded to whole blocks of <see cref="Block"/> samples.
/// </summary>
/// <remarks>
/// <code>
///   Bases[group]     byte offset in the row of the group's first window; a group is 8 samples. All groups have as many windows, so
///                    that of one near the row's end begins before its first tap: nothing behind Reach is read
///   Masks            for each block of 4 groups, for each window: 64 bytes for the first taps, 64 for the second taps;
///                    in each 16 bytes 8 pairs (index in the window or 0x80, 0x80), which shuffle to zero-extended words
/// </code>
/// </remarks>
internal sealed class RowTaps
{
    /// <summary>Samples in a block: as many 16-bit lanes as the widest vector has.</summary>
    public const int Block = 32;

    /// <summary>Samples in a group: the 16-bit lanes of 128 bits, within which bytes are shuffled.</summary>
    public const int Group = 8;

    /// <summary>Bytes behind a row's last sample that may be read.</summary>
    public const int Reach = VideoFrame.Alignment;

    private const int Window = 16;
    private const byte Nothing = 0x80;

    private RowTaps(AxisTaps axis, int step, int offset)
    {
        Axis = axis;
        Step = step;
        Offset = offset;
        Count = axis.First.Length;
        var padded = Padded(Count);
        Weights = GC.AllocateArray<short>(padded, pinned: true);
        axis.Weight.CopyTo(Weights, 0);
        Shape = ShapeOf(axis, step, offset);
        Bases = GC.AllocateArray<int>(padded / Group, pinned: true);
        Windows = 1;
        for (var group = 0; group < Bases.Length; group++)
        {
            var (from, to) = (Math.Min(group * Group, Count - 1), Math.Min((group * Group) + Group, Count) - 1);
            Bases[group] = Byte(axis.First[from]);
            Windows = Math.Max(Windows, ((Byte(axis.Second[to]) - Bases[group]) / Window) + 1);
        }

        var end = Byte(axis.Second[^1]) + 1 + Reach;
        for (var group = 0; group < Bases.Length; group++)
        {
            // Never below 0: the windows of the widest group end less than one window behind the last tap.
            Bases[group] = Math.Min(Bases[group], end - (Windows * Window));
        }

        Masks = GC.AllocateArray<byte>(Shape == RowShape.Gather ? padded * Windows * 4 : 0, pinned: true);
        for (var sample = 0; Shape == RowShape.Gather && sample < padded; sample++)
        {
            var tap = Math.Min(sample, Count - 1);
            FillMask(sample, side: 0, Byte(axis.First[tap]));
            FillMask(sample, side: 1, Byte(axis.Second[tap]));
        }
    }

    /// <summary>The taps as plain indexes, for the scalar twin.</summary>
    public AxisTaps Axis { get; }

    /// <summary>Bytes from one sample of the row to the next: 1, or 2 for interleaved chroma.</summary>
    public int Step { get; }

    /// <summary>Bytes before the first sample: 0, or 1 for the second of interleaved chroma.</summary>
    public int Offset { get; }

    /// <summary>Target samples.</summary>
    public int Count { get; }

    /// <summary>The short cut that the taps allow.</summary>
    public RowShape Shape { get; }

    /// <summary>Windows of 16 bytes that a group's taps are spread over, at most.</summary>
    public int Windows { get; }

    /// <summary>15-bit weights of the second taps.</summary>
    public short[] Weights { get; }

    /// <summary>See the remarks.</summary>
    public int[] Bases { get; }

    /// <summary>See the remarks.</summary>
    public byte[] Masks { get; }

    /// <summary>Lays the taps out.</summary>
    public static RowTaps Create(AxisTaps axis, int step = 1, int offset = 0) => new(axis, step, offset);

    /// <summary>A number of samples rounded up to whole blocks.</summary>
    public static int Padded(int samples) => (samples + Block - 1) & -Block;

    private static RowShape ShapeOf(AxisTaps axis, int step, int offset)
    {
        var (copy, halve) = (true, step == 1);
        for (var i = 0; i < axis.First.Length; i++)
        {
            copy &= axis.First[i] == i && axis.Second[i] == i;
            halve &= axis.First[i] == 2 * i && axis.Weight[i] == AxisTaps.One / 2;
        }

        return (copy, halve, step, offset) switch
        {
            (true, _, 1, _) => RowShape.Copy,
            (true, _, _, 0) => RowShape.CopyEven,
            (true, _, _, _) => RowShape.CopyOdd,
            (_, true, _, _) => RowShape.Halve,
            _ => RowShape.Gather,
        };
    }

    private int Byte(int sample) => (sample * Step) + Offset;

    private void FillMask(int sample, int side, int at)
    {
        var group = sample / Group;
        var distance = at - Bases[group];
        for (var window = 0; window < Windows; window++)
        {
            var lane = (((((sample / Block) * Windows) + window) * 2) + side) * 64 + (group % 4 * Window);
            var entry = lane + (sample % Group * 2);
            Masks[entry] = distance / Window == window ? (byte)(distance % Window) : Nothing;
            Masks[entry + 1] = Nothing;
        }
    }
}
