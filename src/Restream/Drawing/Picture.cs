using VisionStream.Core.Frames;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// For one thread, which owns it. A picture of its own: the copy that annotations are drawn on, because a ring's frame belongs
/// to everybody. The memory is kept for the next picture of the same or a smaller size.
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

    /// <summary>Copies a frame; the caller holds its lease.</summary>
    public void CopyFrom(VideoFrame frame)
    {
        Shape(frame.Format);
        for (var plane = 0; plane < Format.PlaneCount; plane++)
        {
            var width = Format.PlaneWidth(plane);
            for (var y = 0; y < Format.PlaneHeight(plane); y++)
            {
                frame.Plane(plane).Slice(y * frame.Stride(plane), width).CopyTo(Plane(plane)[(y * _strides[plane])..]);
            }
        }
    }
}
