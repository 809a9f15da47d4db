using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Drawing;

namespace VisionStream.Tests.Restream.Annotate;

/// <summary>A picture that was published, decoded again, and where a class's box is found in its pixels.</summary>
/// <param name="PtsMs">Its time.</param>
/// <param name="IsKey">Whether decoding could start here.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Planes">Y, U and V without padding.</param>
internal sealed record RecordedPicture(double PtsMs, bool IsKey, int Width, int Height, byte[][] Planes)
{
    /// <summary>Decodes the video of a file or URL, to its end or a number of pictures.</summary>
    public static List<RecordedPicture> ReadAll(string url, int most = int.MaxValue, DemuxerOptions? options = null)
    {
        using var demuxer = Demuxer.Open(url, options);
        var stream = demuxer.Video!;
        using var decoder = VideoDecoder.Open(stream);
        using var packet = new Packet();
        using var frame = new Frame();
        var pictures = new List<RecordedPicture>();
        ReadResult read;
        do
        {
            read = demuxer.Read(packet);
            if (read == ReadResult.Packet && packet.StreamIndex != stream.Index)
            {
                continue;
            }

            Assert.Equal(SendResult.Accepted, read == ReadResult.Packet ? decoder.Send(packet) : decoder.SendEnd());
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                pictures.Add(Copy(frame, stream.TimeBase));
            }
        }
        while (read == ReadResult.Packet && pictures.Count < most);
        return pictures;
    }

    public double MeanLuma() => Planes[0].Average(v => (double)v);

    /// <summary>Finds the box of a class by its colour; its upper edge is looked for at its right side, beside the label.</summary>
    public BoundingBox? Find(int classId)
    {
        var color = new Palette(ColorMatrix.Bt709, VisionStream.Core.Frames.ColorRange.Limited)[classId];
        var (columns, rows) = (Width / 2, Height / 2);
        var hits = Enumerable.Range(0, columns * rows).Where(i => IsNear(i, color)).Select(i => (X: i % columns, Y: i / columns)).ToList();
        if (hits.Count == 0)
        {
            return null;
        }

        var bottom = hits.Max(p => p.Y);
        var foot = hits.Where(p => p.Y == bottom).ToList();
        var (left, right) = (foot.Min(p => p.X), foot.Max(p => p.X));
        var top = hits.Where(p => p.X == right).Min(p => p.Y);
        return new BoundingBox(left * 2, top * 2, (right - left + 1) * 2, (bottom - top + 1) * 2);
    }

    private static RecordedPicture Copy(Frame frame, Rational timeBase)
    {
        var planes = new byte[3][];
        for (var plane = 0; plane < 3; plane++)
        {
            var width = frame.PlaneRowBytes(plane);
            planes[plane] = new byte[width * frame.PlaneRows(plane)];
            for (var y = 0; y < frame.PlaneRows(plane); y++)
            {
                frame.Plane(plane).Slice(y * frame.Stride(plane), width).CopyTo(planes[plane].AsSpan(y * width));
            }
        }

        return new RecordedPicture(frame.Pts * timeBase.Value * 1000, frame.IsKey, frame.Width, frame.Height, planes);
    }

    private bool IsNear(int i, YuvColor color) => Math.Abs(Planes[1][i] - color.U) + Math.Abs(Planes[2][i] - color.V) < 30;
}
