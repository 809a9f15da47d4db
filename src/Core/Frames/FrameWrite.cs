namespace VisionStream.Core.Frames;

/// <summary>For the ring's one writer: a slot that nobody else can see yet. Fill the planes, then publish or abandon it.</summary>
public readonly ref struct FrameWrite
{
    internal FrameWrite(VideoFrame frame) => Frame = frame;

    internal VideoFrame Frame { get; }

    /// <summary>Bytes from one row of a plane to the next; a multiple of <see cref="VideoFrame.Alignment"/>.</summary>
    public int Stride(int plane) => Frame.Stride(plane);

    /// <summary>The plane's rows and the padding behind them.</summary>
    public Span<byte> Plane(int plane) => Frame.Writable(plane);

    /// <summary>Copies a plane whose rows lie <paramref name="sourceStride"/> bytes apart.</summary>
    /// <param name="plane">0 for luma.</param>
    /// <param name="source">At least <c>(height - 1) * sourceStride + width</c> bytes.</param>
    /// <param name="sourceStride">Positive.</param>
    public void CopyPlane(int plane, ReadOnlySpan<byte> source, int sourceStride)
    {
        var width = Frame.Format.PlaneWidth(plane);
        var height = Frame.Format.PlaneHeight(plane);
        var stride = Frame.Stride(plane);
        var target = Frame.Writable(plane);
        if (sourceStride == stride)
        {
            source[..(((height - 1) * stride) + width)].CopyTo(target);
            return;
        }

        for (var y = 0; y < height; y++)
        {
            source.Slice(y * sourceStride, width).CopyTo(target[(y * stride)..]);
        }
    }
}
