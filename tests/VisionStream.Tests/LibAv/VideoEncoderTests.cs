using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class VideoEncoderTests
{
    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    [InlineData("flv")]
    public void What_was_encoded_and_written_is_read_back(string ending)
    {
        using var folder = new TemporaryFolder();
        using (var muxer = Muxer.Open(folder[$"out.{ending}"], cancellationToken: TestContext.Current.CancellationToken))
        {
            using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, muxer.WantsGlobalHeader) with { ColorSpace = ColorSpace.Bt709, ColorRange = ColorRange.Limited });
            Assert.Equal(("h264", 64, 48), (encoder.Parameters.CodecName, encoder.Parameters.Width, encoder.Parameters.Height));
            Assert.Equal(muxer.WantsGlobalHeader, encoder.Parameters.Extradata.Length > 0);
            Assert.Empty(encoder.UnusedOptions);
            Assert.Equal(0, muxer.AddStream(encoder));
            muxer.WriteHeader();
            Assert.Empty(muxer.UnusedOptions);
            Publishing.WriteVideo(muxer, encoder, 64, 48, 30);
            muxer.Finish();
        }

        using var demuxer = Demuxer.Open(folder[$"out.{ending}"], cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var (index, start) = (0, 0L);
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            var time = demuxer.Video!.TimeBase.Rescale(frame.Pts, Rational.Milliseconds);
            start = index == 0 ? time : start;
            Assert.Equal(index * 40, time - start);
            Assert.Equal(index % 10 == 0, frame.IsKey);
            Assert.Equal((ColorSpace.Bt709, ColorRange.Limited), (frame.ColorSpace, frame.ColorRange));
            Assert.InRange(frame.Plane(0)[0], 50 + index - 3, 50 + index + 3);
            index++;
        });
        Assert.Equal(30, index);
    }

    [Fact]
    public void A_key_frame_comes_on_request_and_decoded_pictures_force_none()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var encoder = VideoEncoder.Open(Publishing.H264(1280, 720, false) with { GopSize = 1000 });
        using var packet = new Packet();
        var keys = new List<int>();
        var index = 0;
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            frame.Pts = index;
            var type = frame.PictureType;
            if (index == 17)
            {
                encoder.RequestKeyFrame();
            }

            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
            Assert.Equal(type, frame.PictureType);
            Assert.Equal(ReceiveResult.Received, encoder.Receive(packet));
            Assert.Equal((index, index), (packet.Pts, packet.Dts));
            if (packet.IsKey)
            {
                keys.Add(index);
            }

            index++;
        });
        Assert.Equal([0, 17], keys);
    }

    [Fact]
    public void Encoding_allocates_nothing_once_warm()
    {
        using var encoder = VideoEncoder.Open(Publishing.H264(320, 240, false));
        using var frame = new Frame();
        using var packet = new Packet();
        frame.AllocateVideo(320, 240, PixelFormat.Yuv420P);
        var sent = 0;
        Assert.Equal(0, SteadyState.Allocation(() => EncodeSome(encoder, frame, packet, sent, sent += 40)));
    }

    [Fact]
    public void A_jpeg_is_one_packet()
    {
        using var encoder = VideoEncoder.Open(new VideoEncoderOptions { Encoder = "mjpeg", Width = 32, Height = 16, PixelFormat = PixelFormat.Yuvj420P, ColorRange = ColorRange.Full, TimeBase = Publishing.Fps25 });
        using var frame = new Frame();
        using var packet = new Packet();
        frame.AllocateVideo(32, 16, PixelFormat.Yuvj420P);
        for (var plane = 0; plane < 3; plane++)
        {
            frame.WritablePlane(plane).Fill(128);
        }

        frame.Pts = 0;
        Assert.Equal(ReceiveResult.NeedsInput, encoder.Receive(packet));
        Assert.Equal(SendResult.Accepted, encoder.Send(frame));
        Assert.Equal(ReceiveResult.Received, encoder.Receive(packet));
        Assert.Equal([0xFF, 0xD8], packet.Data[..2].ToArray());
        Assert.Equal([0xFF, 0xD9], packet.Data[^2..].ToArray());
    }

    [Fact]
    public void Options_that_the_encoder_does_not_know_are_reported()
    {
        using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, false) with { Options = MediaOptions.None.With("preset", "ultrafast").With("no_such_option", 1) });
        Assert.Equal(["no_such_option"], encoder.UnusedOptions);
        Assert.Equal("libx264", encoder.Name);
    }

    [Fact]
    public void What_an_encoder_cannot_do_ends_in_a_sentence()
    {
        var missing = Assert.Throws<LibAvException>(() => VideoEncoder.Open(Publishing.H264(64, 48, false) with { Encoder = "h266_magic" }));
        Assert.Equal(("This FFmpeg has no Video encoder named h266_magic.", LibAvError.Unsupported), (missing.Message, missing.Error));
        Assert.Throws<LibAvException>(() => VideoEncoder.Open(Publishing.H264(64, 48, false) with { Encoder = "aac" }));
        var format = Assert.Throws<LibAvException>(() => VideoEncoder.Open(Publishing.H264(64, 48, false) with { PixelFormat = PixelFormat.Rgb24 }));
        Assert.StartsWith("Opening the encoder libx264 failed: ", format.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => VideoEncoder.Open(Publishing.H264(0, 48, false)));
        Assert.Throws<ArgumentException>(() => VideoEncoder.Open(Publishing.H264(64, 48, false) with { TimeBase = default }));
        using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, false));
        Assert.Equal(SendResult.Accepted, encoder.SendEnd());
        using var frame = new Frame();
        frame.AllocateVideo(64, 48, PixelFormat.Yuv420P);
        Assert.Equal(SendResult.Ended, encoder.Send(frame));
    }

    private static void EncodeSome(VideoEncoder encoder, Frame frame, Packet packet, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            frame.Pts = i;
            if (encoder.Send(frame) != SendResult.Accepted)
            {
                throw new InvalidOperationException($"Picture {i} was not taken.");
            }

            while (encoder.Receive(packet) == ReceiveResult.Received)
            {
            }
        }
    }
}
