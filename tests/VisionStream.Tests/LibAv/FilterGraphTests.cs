using System.Runtime.InteropServices;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class FilterGraphTests
{
    [Fact]
    public void Pictures_are_scaled_and_keep_their_times()
    {
        using var demuxer = Pictures.Generated("testsrc2=size=320x240:rate=10:duration=1,format=yuv420p");
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var filtered = new Frame();
        FilterGraph? graph = null;
        var times = new List<long>();
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            graph ??= FilterGraph.Open("scale=160:120,format=rgb24", frame, demuxer.Video!.TimeBase, demuxer.Video.FrameRate);
            Assert.True(graph.Accepts(frame));
            Assert.Equal(SendResult.Accepted, graph.Send(frame));
            Assert.True(frame.HasData);
            Assert.Equal(ReceiveResult.Received, graph.Receive(filtered));
            Assert.Equal((160, 120, PixelFormat.Rgb24), (filtered.Width, filtered.Height, filtered.PixelFormat));
            times.Add(graph.TimeBase.Rescale(filtered.Pts, Rational.Milliseconds));
            Assert.Equal(ReceiveResult.NeedsInput, graph.Receive(filtered));
        });
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i * 100L), times);
        Assert.Equal(10, graph!.FrameRate.Value);
        Assert.Equal(SendResult.Accepted, graph.SendEnd());
        Assert.Equal(ReceiveResult.Ended, graph.Receive(filtered));
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => graph.SendEnd());
    }

    [Theory]
    [InlineData("highpass=f=1000,highpass=f=1000", 100, 0.1)]
    [InlineData("lowpass=f=300,lowpass=f=300", 4000, 0.1)]
    [InlineData("", 440, 1.05)]
    public void A_tone_outside_the_pass_band_is_silenced(string filters, int frequency, double most)
    {
        using var tone = Pictures.Generated($"sine=frequency={frequency}:sample_rate=24000:duration=1");
        using var decoder = AudioDecoder.Open(tone.Audio!);
        using var packet = new Packet();
        using var frame = new Frame();
        using var filtered = new Frame();
        FilterGraph? graph = null;
        var (before, after) = (0.0, 0.0);
        while (tone.Read(packet) == ReadResult.Packet)
        {
            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                graph ??= FilterGraph.Open(filters, frame, tone.Audio!.TimeBase);
                before += Energy(frame);
                Assert.Equal(SendResult.Accepted, graph.Send(frame));
                while (graph.Receive(filtered) == ReceiveResult.Received)
                {
                    after += Energy(filtered);
                }
            }
        }

        graph!.Dispose();
        Assert.InRange(after / before, most > 1 ? 0.95 : 0, most);
    }

    [Fact]
    public void Frames_of_another_kind_are_refused_with_a_sentence()
    {
        using var small = new Frame();
        using var large = new Frame();
        using var empty = new Frame();
        small.AllocateVideo(32, 16, PixelFormat.Yuv420P);
        large.AllocateVideo(64, 16, PixelFormat.Nv12);
        using var graph = FilterGraph.Open("hflip", small, Publishing.Fps25);
        Assert.False(graph.Accepts(large));
        Assert.False(graph.Accepts(empty));
        var error = Assert.Throws<ArgumentException>(() => graph.Send(large));
        Assert.StartsWith("The filters hflip were set up for yuv420p 32x16, not for nv12 64x16.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuchfilter")]
    [InlineData("scale=width=banana")]
    [InlineData("hflip[x]")]
    [InlineData("[in]split[a][b]")]
    [InlineData("testsrc2")]
    public void Filters_that_cannot_be_are_refused(string filters)
    {
        using var frame = new Frame();
        frame.AllocateVideo(32, 16, PixelFormat.Yuv420P);
        var error = Assert.Throws<LibAvException>(() => FilterGraph.Open(filters, frame, Publishing.Fps25));
        Assert.Contains(filters, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Filtering_allocates_nothing_once_warm()
    {
        using var frame = new Frame();
        using var filtered = new Frame();
        frame.AllocateVideo(64, 48, PixelFormat.Yuv420P);
        using var graph = FilterGraph.Open("hflip", frame, Publishing.Fps25);
        var sent = 0;
        Assert.Equal(0, SteadyState.Allocation(() => FilterSome(graph, frame, filtered, sent, sent += 40)));
    }

    [Fact]
    public void Devices_are_listed_or_the_format_is_refused()
    {
        Assert.All(InputDevices.List("v4l2"), device => Assert.NotEmpty(device.Name));
        Assert.Equal([], InputDevices.List("lavfi"));
        Assert.Throws<LibAvException>(() => InputDevices.List("nope"));
    }

    private static void FilterSome(FilterGraph graph, Frame frame, Frame filtered, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            frame.Pts = i;
            if (graph.Send(frame) != SendResult.Accepted || graph.Receive(filtered) != ReceiveResult.Received)
            {
                throw new InvalidOperationException($"Picture {i} was lost.");
            }
        }
    }

    private static double Energy(Frame frame)
    {
        // The sine source and these filters work on 16 bit samples.
        Assert.True(frame.SampleFormat is SampleFormat.S16 or SampleFormat.S16P, $"{frame.SampleFormat}");
        var sum = 0.0;
        foreach (var sample in MemoryMarshal.Cast<byte, short>(frame.Samples(0)))
        {
            sum += (double)sample * sample;
        }

        return sum;
    }
}
