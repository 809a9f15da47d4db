using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class RtspTests
{
    private static readonly DemuxerOptions LowDelay = new()
    {
        Options = MediaOptions.None.With("rtsp_transport", "tcp").With("fflags", "+nobuffer").With("allowed_media_types", "video"),
    };

    [Fact]
    public void The_senders_clock_comes_with_the_packets_of_an_rtsp_stream()
    {
        using var server = RtspServer.Start();
        using var demuxer = Demuxer.Open($"rtsp://127.0.0.1:{server.Port}/live", LowDelay, TestContext.Current.CancellationToken);
        Assert.Equal(("rtsp", "h264", 320, 240), (demuxer.FormatName, demuxer.Video!.CodecName, demuxer.Video.Parameters.Width, demuxer.Video.Parameters.Height));
        Assert.Empty(demuxer.UnusedOptions);
        using var packet = new Packet();
        var stamped = new List<(long Pts, DateTimeOffset Clock)>();

        // The first sender report comes within five seconds (RFC 3550, section 6.2).
        for (var i = 0; i < 25 * 15 && stamped.Count < 25; i++)
        {
            Assert.Equal(ReadResult.Packet, demuxer.Read(packet));
            if (packet.ProducerReferenceTime is { } clock)
            {
                stamped.Add((packet.Pts, clock));
            }
        }

        Assert.Equal(25, stamped.Count);
        var now = DateTimeOffset.UtcNow;
        Assert.All(stamped, stamp => Assert.InRange(stamp.Clock, now.AddSeconds(-30), now.AddSeconds(1)));
        var byClock = (stamped[^1].Clock - stamped[0].Clock).TotalMilliseconds;
        var byPts = demuxer.Video.TimeBase.Rescale(stamped[^1].Pts - stamped[0].Pts, Rational.Milliseconds);
        Assert.InRange(byClock, byPts - 50, byPts + 50);
    }

    [Fact]
    public void A_path_that_is_not_there_is_not_found()
    {
        using var server = RtspServer.Start();
        var error = Assert.Throws<LibAvException>(() => Demuxer.Open($"rtsp://127.0.0.1:{server.Port}/elsewhere", LowDelay, TestContext.Current.CancellationToken));
        Assert.Equal(LibAvError.NotFound, error.Error);
    }

    [Fact]
    public void A_live_stream_is_decoded_picture_by_picture()
    {
        using var server = RtspServer.Start();
        using var demuxer = Demuxer.Open($"rtsp://127.0.0.1:{server.Port}/live", LowDelay, TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var packet = new Packet();
        using var frame = new Frame();
        var (pictures, late) = (0, 0);
        while (pictures < 50)
        {
            Assert.Equal(ReadResult.Packet, demuxer.Read(packet));
            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            var before = pictures;
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                Assert.Equal(packet.Pts, frame.Pts);
                pictures++;
            }

            late += pictures > 0 && pictures == before ? 1 : 0;
        }

        // Every packet gives its picture at once: nothing is held back.
        Assert.Equal(0, late);
        Assert.Equal(0, decoder.ReorderDelay);
    }
}
