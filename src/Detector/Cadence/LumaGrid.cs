using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VisionStream.Core.Frames;

namespace VisionStream.Detector.Cadence;

/// <summary>
/// For one thread. A frame's brightness on a coarse grid: <see cref="Columns"/> by <see cref="Rows"/> cells, each the mean of a few
/// of its rows. Cheap enough for every frame and coarse enough that noise averages out. Allocates nothing after its making.
/// </summary>
internal sealed class LumaGrid
{
    /// <summary>Cells across and down: 40 by 40 pixels each at 720p, the size of the smallest object a 640 model finds well there.</summary>
    public const int Columns = 32, Rows = 18;

    /// <summary>Rows looked at in each cell. Four of 40 at 720p read a tenth of the plane.</summary>
    public const int Samples = 4;

    private readonly float[] _cells = new float[Columns * Rows];

    /// <summary>Width and height that it was taken from; grids of other sizes do not compare.</summary>
    public (int Width, int Height) Size { get; private set; }

    /// <summary>Takes a frame's brightness.</summary>
    public void Take(VideoFrame frame)
    {
        var (width, height) = (frame.Format.Width, frame.Format.Height);
        var plane = frame.Plane(0);
        var stride = frame.Stride(0);
        Size = (width, height);
        Array.Clear(_cells);
        for (var row = 0; row < Rows; row++)
        {
            for (var sample = 0; sample < Samples; sample++)
            {
                var y = (int)(((row + ((sample + 0.5) / Samples)) * height) / Rows);
                var line = plane.Slice(y * stride, width);
                for (var column = 0; column < Columns; column++)
                {
                    var from = column * width / Columns;
                    var to = Math.Max(from + 1, (column + 1) * width / Columns);
                    _cells[(row * Columns) + column] += Sum(line[from..to]) / (float)((to - from) * Samples);
                }
            }
        }
    }

    /// <summary>The largest difference of a cell, in luma steps; infinite when the sizes differ.</summary>
    public float DistanceTo(LumaGrid other)
    {
        if (Size != other.Size)
        {
            return float.PositiveInfinity;
        }

        var largest = 0f;
        for (var i = 0; i < _cells.Length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(_cells[i] - other._cells[i]));
        }

        return largest;
    }

    /// <summary>The sum of bytes, by vectors.</summary>
    internal static int Sum(ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<byte>>(bytes);
        var sums = Vector128<ushort>.Zero;
        var total = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var (lower, upper) = Vector128.Widen(blocks[i]);
            sums += lower + upper;

            // 128 blocks of two bytes a lane stay below 65,536.
            if ((i & 127) == 127)
            {
                total += SumOf(sums);
                sums = Vector128<ushort>.Zero;
            }
        }

        return total + SumOf(sums) + SumScalar(bytes[(blocks.Length * Vector128<byte>.Count)..]);
    }

    /// <summary>The same without vectors.</summary>
    internal static int SumScalar(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var value in bytes)
        {
            sum += value;
        }

        return sum;
    }

    private static int SumOf(Vector128<ushort> sums)
    {
        var (lower, upper) = Vector128.Widen(sums);
        return (int)Vector128.Sum(lower + upper);
    }
}
