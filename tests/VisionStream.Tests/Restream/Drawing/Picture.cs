using VisionStream.Core.Frames;
using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Drawing;

/// <summary>
/// A picture of the test's own to draw on, with the row alignment of the product's frames.
/// </summary>
internal sealed class Picture
{
    private readonly int[] _offsets = new int[3];
    private readonly int[] _strides = new int[3];
    private byte[] _bytes = [];

    /// <summary>Size, layout and colours; <c>default</c> before the first picture.</summary>
    public FrameFormat Format { get; private set; }

    /// <summary>Whether there is a picture.</summary>
    public bool IsEmpty => Format.Width == 0;

    /// <summary>The planes to draw on.</summary>
    public YuvCanvas Canvas => new(
        Format,
        Plane(0),
        _strides[0],
        Plane(1),
        _strides[1],
        Format.PlaneCount > 2 ? Plane(2) : default,
        _strides[2]);

    /// <summary>Bytes from one row of a plane to the next.</summary>
    public int Stride(int plane) => _strides[plane];

    /// <summary>The samples of a plane: whole rows, padding included.</summary>
    public Span<byte> Plane(int plane) => _bytes.AsSpan(_offsets[plane], _strides[plane] * Format.PlaneHeight(plane));

    /// <summary>Lays the planes out for a format; what was there before is gone.</summary>
    public void Shape(in FrameFormat format)
    {
        if (format == Format)
        {
            return;
        }

        var total = 0;
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            _strides[plane] = (format.PlaneWidth(plane) + VideoFrame.Alignment - 1) & -VideoFrame.Alignment;
            _offsets[plane] = total;
            total = checked(total + (_strides[plane] * format.PlaneHeight(plane)));
        }

        if (_bytes.Length < total)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(total);
        }

        Format = format;
    }
}
