using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

/// <summary>Makes media with the library's own encoders, for tests that read it back.</summary>
internal static class Publishing
{
    public static readonly Rational Fps25 = new(1, 25);

    /// <summary>Options of a low-delay H.264 encoder.</summary>
    public static VideoEncoderOptions H264(int width, int height, bool globalHeader)
    {
        return new VideoEncoderOptions
        {
            Encoder = "libx264",
            Width = width,
            Height = height,
            TimeBase = Fps25,
            FrameRate = Fps25.Inverse,
            GopSize = 10,
            GlobalHeader = globalHeader,
            Options = MediaOptions.None.With("preset", "ultrafast").With("tune", "zerolatency"),
        };
    }

    /// <summary>Encodes pictures of one grey level each, stamped 0, 1, 2..., and writes the packets to stream 0.</summary>
    public static void WriteVideo(Muxer muxer, VideoEncoder encoder, int width, int height, int count)
    {
        using var frame = new Frame();
        using var packet = new Packet();
        for (var i = 0; i < count; i++)
        {
            frame.AllocateVideo(width, height, PixelFormat.Yuv420P);
            frame.WritablePlane(0).Fill((byte)(50 + i));
            frame.WritablePlane(1).Fill(128);
            frame.WritablePlane(2).Fill(128);
            frame.Pts = i;
            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
            Write(muxer, encoder, packet, ReceiveResult.NeedsInput);
        }

        Assert.Equal(SendResult.Accepted, encoder.SendEnd());
        Write(muxer, encoder, packet, ReceiveResult.Ended);
    }

    private static void Write(Muxer muxer, VideoEncoder encoder, Packet packet, ReceiveResult end)
    {
        ReceiveResult received;
        while ((received = encoder.Receive(packet)) == ReceiveResult.Received)
        {
            packet.StreamIndex = 0;
            Assert.Equal(WriteResult.Written, muxer.Write(packet));
            Assert.Equal(0, packet.Size);
        }

        Assert.Equal(end, received);
    }
}
