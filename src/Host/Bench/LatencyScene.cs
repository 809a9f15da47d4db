using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Bench;

/// <summary>
/// For one thread. A still 720p picture in which a picture of an object is there or not. Both are prepared once, so that showing one
/// is a copy of planes.
/// </summary>
internal sealed class LatencyScene
{
    /// <summary>The published format.</summary>
    public static readonly FrameFormat Format = new(1280, 720, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);

    private readonly byte[][] _empty = Planes();
    private readonly byte[][] _shown;
    private readonly StreamSession _session = StreamSession.Start(TimeProvider.System);
    private long _count;

    private LatencyScene(byte[][] shown) => _shown = shown;

    /// <summary>Prepares the scene with a frame of the object, which is put in the middle, cut where it is larger than the picture.</summary>
    public static LatencyScene With(VideoFrame picture)
    {
        var shown = Planes();
        for (var plane = 0; plane < 3; plane++)
        {
            var (width, height) = (Format.PlaneWidth(plane), Format.PlaneHeight(plane));
            var (w, h) = (Math.Min(width, picture.Format.PlaneWidth(plane)), Math.Min(height, picture.Format.PlaneHeight(plane)));
            var source = picture.Plane(plane);
            for (var y = 0; y < h; y++)
            {
                source.Slice(y * picture.Stride(plane), w).CopyTo(shown[plane].AsSpan(((((height - h) / 2) + y) * width) + ((width - w) / 2)));
            }
        }

        return new LatencyScene(shown);
    }

    /// <summary>Publishes the next frame.</summary>
    public void Publish(FrameRing ring, bool isShown, int framesPerSecond)
    {
        if (!ring.TryBeginWrite(Format, out var write))
        {
            throw new InvalidOperationException("The bench's own ring is full: its publisher has stopped.");
        }

        for (var plane = 0; plane < 3; plane++)
        {
            write.CopyPlane(plane, (isShown ? _shown : _empty)[plane], Format.PlaneWidth(plane));
        }

        var now = TimeProvider.System.GetTimestamp();
        ring.Publish(write, new FrameInfo(
            _session, new MediaTime(_count++, 1, framesPerSecond), DateTimeOffset.UtcNow, ClockSource.Arrival, now, now, IsKey: false));
    }

    private static byte[][] Planes()
    {
        var planes = Enumerable.Range(0, 3).Select(p => new byte[Format.PlaneWidth(p) * Format.PlaneHeight(p)]).ToArray();
        for (var y = 0; y < Format.Height; y++)
        {
            // A soft gradient: something to encode, nothing to find.
            planes[0].AsSpan(y * Format.Width, Format.Width).Fill((byte)(90 + (y / 12)));
        }

        planes[1].AsSpan().Fill(128);
        planes[2].AsSpan().Fill(128);
        return planes;
    }
}
