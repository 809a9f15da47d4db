using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class DecodingTests
{
    [Theory]
    [MemberData(nameof(Clips.All), MemberType = typeof(Clips))]
    public void Every_picture_of_a_clip_comes_once_and_in_order(string clip, int count, int width, int height)
    {
        using var demuxer = Demuxer.Open(Clips.Find(clip), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var frames = 0;
        var last = long.MinValue;
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            Assert.True(frame.Pts > last, $"picture {frames} has PTS {frame.Pts} after {last}");
            Assert.Equal((width, height, PixelFormat.Yuv420P), (frame.Width, frame.Height, frame.PixelFormat));
            Assert.False(frame.IsCorrupt);
            Assert.True(frames > 0 || frame.IsKey, "the first picture is no key frame");
            last = frame.Pts;
            frames++;
        });
        Assert.Equal(count, frames);
    }

    [Theory]
    [MemberData(nameof(Clips.All), MemberType = typeof(Clips))]
    public void B_frames_come_in_order_even_when_nothing_was_probed(string clip, int count, int width, int height)
    {
        _ = (width, height);
        using var demuxer = Demuxer.Open(Clips.Find(clip), new DemuxerOptions { FindStreamInfo = false }, TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var frames = 0;
        var last = long.MinValue;
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            Assert.True(frame.Pts > last, $"picture {frames} has PTS {frame.Pts} after {last}");
            last = frame.Pts;
            frames++;
        });
        Assert.Equal(count, frames);
    }

    [Fact]
    public void A_rewound_file_gives_the_same_pictures_again()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var rounds = new List<List<long>>();
        for (var round = 0; round < 3; round++)
        {
            var times = new List<long>();
            Pictures.ForEach(demuxer, decoder, frame => times.Add(frame.Pts));
            rounds.Add(times);
            demuxer.SeekToStart();
            decoder.Flush();
        }

        Assert.Equal(38, rounds[0].Count);
        Assert.All(rounds, times => Assert.Equal(rounds[0], times));
    }

    [Fact]
    public void Skipping_all_but_key_frames_leaves_the_key_frames()
    {
        using var demuxer = Demuxer.Open(Clips.Find("person-enter-leave.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!, new VideoDecoderOptions { Skip = FrameSkip.NonKey });
        var frames = 0;
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            Assert.True(frame.IsKey);
            Assert.Equal(PictureType.I, frame.PictureType);
            frames++;
        });

        // One a second in 501 pictures at 10 a second.
        Assert.Equal(51, frames);
    }

    [Fact]
    public void Reading_and_decoding_allocates_nothing_once_warm()
    {
        using var demuxer = Demuxer.Open(Clips.Find("person-enter-leave.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var packet = new Packet();
        using var frame = new Frame();
        var sum = 0L;
        Assert.Equal(0, SteadyState.Allocation(() => sum = DecodeSome(demuxer, decoder, packet, frame, 60, sum)));
        Assert.NotEqual(0, sum);
    }

    private static long DecodeSome(Demuxer demuxer, VideoDecoder decoder, Packet packet, Frame frame, int packets, long sum)
    {
        for (var i = 0; i < packets; i++)
        {
            if (demuxer.Read(packet) != ReadResult.Packet || decoder.Send(packet) != SendResult.Accepted)
            {
                throw new InvalidOperationException($"Packet {i} could not be read or sent.");
            }

            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                sum += frame.Pts + frame.Plane(0)[0] + frame.Stride(1) + (frame.IsKey ? 1 : 0) + (frame.IsCorrupt ? 1 : 0) + (int)frame.PixelFormat
                    + (packet.ProducerReferenceTime is null ? 1 : 0);
            }
        }

        return sum;
    }
}
