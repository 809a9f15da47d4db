using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class MuxerTests
{
    [Theory]
    [InlineData("highway-cars.mp4", "ts", 38)]
    [InlineData("highway-cars.mp4", "flv", 38)]
    [InlineData("highway-cars.mp4", "mkv", 38)]
    [InlineData("mall-people-walking.mp4", "mp4", 303)]
    public void Packets_are_copied_without_decoding(string clip, string ending, int pictures)
    {
        using var folder = new TemporaryFolder();
        using var source = Demuxer.Open(Clips.Find(clip), cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        var copied = new int[source.Streams.Count];
        using (var muxer = Muxer.Open(folder[$"copy.{ending}"], cancellationToken: TestContext.Current.CancellationToken))
        {
            foreach (var stream in source.Streams)
            {
                Assert.Equal(stream.Index, muxer.AddStream(stream));
            }

            muxer.WriteHeader();
            while (source.Read(packet) == ReadResult.Packet)
            {
                copied[packet.StreamIndex]++;
                Assert.Equal(WriteResult.Written, muxer.Write(packet));
            }

            muxer.Finish();
        }

        Assert.Equal(pictures, copied[source.Video!.Index]);
        using var copy = Demuxer.Open(folder[$"copy.{ending}"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(source.Streams.Select(stream => stream.CodecName), copy.Streams.Select(stream => stream.CodecName));
        using var decoder = VideoDecoder.Open(copy.Video!);
        var count = 0;
        Pictures.ForEach(copy, decoder, _ => count++);
        Assert.Equal(pictures, count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_picture_waits_for_the_sound_of_its_time_only_where_packets_are_put_in_order(bool interleaves, bool isThere)
    {
        using var folder = new TemporaryFolder();
        using var source = Demuxer.Open(Clips.Find("dog-walking.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        var options = new MuxerOptions { Interleaves = interleaves, Options = MediaOptions.None.With("flush_packets", "1"), MaxInterleave = TimeSpan.FromSeconds(10) };
        using var muxer = Muxer.Open(folder["live.flv"], options, TestContext.Current.CancellationToken);
        foreach (var stream in source.Streams)
        {
            _ = muxer.AddStream(stream);
        }

        muxer.WriteHeader();
        var before = new FileInfo(folder["live.flv"]).Length;
        for (var written = 0; written < 3 && source.Read(packet) == ReadResult.Packet;)
        {
            if (packet.StreamIndex == source.Video!.Index)
            {
                Assert.Equal(WriteResult.Written, muxer.Write(packet));
                Assert.Equal(0, packet.Size);
                written++;
            }
        }

        Assert.Equal(isThere, new FileInfo(folder["live.flv"]).Length > before + 1000);
        muxer.Finish();
    }

    [Theory]
    [InlineData("rtmp", "live/key", "flv", "listen", "1")]
    // A listen timeout, in seconds, implies listening; without one FFmpeg 9 trips over its own default of -1.
    [InlineData("rtsp", "live/key", "rtsp", "listen_timeout", "60")]
    [InlineData("tcp", "", "mpegts", "listen", "1")]
    public async Task A_stream_is_published_to_a_listener(string scheme, string path, string format, string listenOption, string listenValue)
    {
        var url = $"{scheme}://127.0.0.1:{FreePort()}/{path}";
        var cancellationToken = TestContext.Current.CancellationToken;
        var received = Task.Factory.StartNew(
            () =>
            {
                var options = new DemuxerOptions { Options = MediaOptions.None.With(listenOption, listenValue).With("analyzeduration", 500_000) };
                using var demuxer = Demuxer.Open(url, options, cancellationToken);
                Assert.Empty(demuxer.UnusedOptions);
                using var packet = new Packet();
                var count = 0;
                try
                {
                    while (demuxer.Read(packet) == ReadResult.Packet)
                    {
                        count++;
                    }
                }
                catch (LibAvException error) when (scheme == "rtmp" && error.Error == LibAvError.Disconnected)
                {
                    // libav's RTMP tells the end of a stream as an I/O error.
                }

                return (demuxer.Video!.CodecName, demuxer.Video.Parameters.Width, count);
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        var transport = scheme == "rtsp" ? MediaOptions.None.With("rtsp_transport", "tcp") : MediaOptions.None;
        using (var muxer = await ConnectAsync(url, transport, received, cancellationToken))
        {
            Assert.Equal(format, muxer.Muxer.FormatName);
            Publishing.WriteVideo(muxer.Muxer, muxer.Encoder, 128, 96, 50);
            muxer.Muxer.Finish();
        }

        Assert.Equal(("h264", 128, 50), await received);
    }

    [Fact]
    public async Task A_server_that_says_nothing_ends_the_opening_at_its_deadline()
    {
        await using var server = ScriptedServer.Silent();
        var options = new MuxerOptions { OpenTimeout = TimeSpan.FromMilliseconds(300) };
        var rtmp = Assert.Throws<LibAvException>(() => Muxer.Open($"rtmp://{server.Address}/live/x?pass=secret", options, TestContext.Current.CancellationToken));
        Assert.Equal((LibAvError.TimedOut, $"Opening rtmp://{server.Address}/live/***?pass=*** took longer than 0.3 s."), (rtmp.Error, rtmp.Message));

        using var muxer = Muxer.Open($"rtsp://{server.Address}/live", options, TestContext.Current.CancellationToken);
        using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, muxer.WantsGlobalHeader));
        _ = muxer.AddStream(encoder);
        var rtsp = Assert.Throws<LibAvException>(muxer.WriteHeader);
        Assert.Equal((LibAvError.TimedOut, $"Writing the header of rtsp://{server.Address}/live took longer than 0.3 s."), (rtsp.Error, rtsp.Message));
    }

    [Fact]
    public async Task A_receiver_that_reads_nothing_ends_a_write_by_deadline_or_token()
    {
        await using var server = ScriptedServer.Silent();
        using var cancellation = new CancellationTokenSource();
        using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, globalHeader: false));
        using var packet = new Packet();
        foreach (var (timeout, expected) in new[] { (TimeSpan.FromMilliseconds(200), WriteResult.TimedOut), (Timeout.InfiniteTimeSpan, WriteResult.Cancelled) })
        {
            using var muxer = Muxer.Open($"tcp://{server.Address}", new MuxerOptions { WriteTimeout = timeout, Options = MediaOptions.None.With("flush_packets", 1) }, cancellation.Token);
            _ = muxer.AddStream(encoder);
            muxer.WriteHeader();
            if (expected == WriteResult.Cancelled)
            {
                cancellation.CancelAfter(300);
            }

            // The socket's own buffers take a few megabytes first.
            var result = WriteResult.Written;
            for (var i = 0; result == WriteResult.Written && i < 2000; i++)
            {
                // A NAL unit, as the format wants to see.
                packet.SetData([0, 0, 0, 1, 0x65, .. new byte[100_000]]);
                (packet.Pts, packet.Dts) = (i, i);
                result = muxer.Write(packet);
            }

            Assert.Equal(expected, result);
            Assert.Equal(expected, muxer.Write(packet));
        }
    }

    [Fact]
    public async Task What_went_wrong_is_named()
    {
        var closed = ScriptedServer.Silent();
        var free = closed.Address;
        await closed.DisposeAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Equal(LibAvError.ConnectionRefused, Assert.Throws<LibAvException>(() => Muxer.Open($"rtmp://{free}/live/x", cancellationToken: cancellationToken)).Error);
        Assert.Equal(LibAvError.NotFound, Assert.Throws<LibAvException>(() => Muxer.Open("/no/such/folder/x.mp4", cancellationToken: cancellationToken)).Error);
        Assert.Equal(LibAvError.InvalidArgument, Assert.Throws<LibAvException>(() => Muxer.Open("x", new MuxerOptions { Format = "nope" }, cancellationToken)).Error);
        Assert.Throws<OperationCanceledException>(() => Muxer.Open("x.mp4", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Calls_out_of_order_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var muxer = Muxer.Open(folder["x.mp4"], new MuxerOptions { Options = MediaOptions.None.With("no_such_option", 1) }, TestContext.Current.CancellationToken);
        using var encoder = VideoEncoder.Open(Publishing.H264(64, 48, muxer.WantsGlobalHeader));
        using var packet = new Packet();
        Assert.Throws<InvalidOperationException>(() => muxer.Write(packet));
        Assert.Throws<InvalidOperationException>(muxer.Finish);
        _ = muxer.AddStream(encoder);
        muxer.WriteHeader();
        Assert.Equal(["no_such_option"], muxer.UnusedOptions);
        Assert.Throws<InvalidOperationException>(() => muxer.AddStream(encoder));
        packet.SetData([1, 2, 3]);
        packet.StreamIndex = 1;
        Assert.Throws<ArgumentOutOfRangeException>(() => muxer.Write(packet));
        packet.StreamIndex = 0;
        (packet.Pts, packet.Dts) = (5, 5);
        Assert.Equal(WriteResult.Written, muxer.Write(packet));
        packet.SetData([1, 2, 3]);
        (packet.Pts, packet.Dts, packet.StreamIndex) = (4, 4, 0);
        var error = Assert.Throws<LibAvException>(() => muxer.Write(packet));
        Assert.Equal(LibAvError.InvalidArgument, error.Error);
    }

    // The listener needs a moment to listen; nothing but a successful connection says that it does. One that failed says why.
    private static async Task<Publisher> ConnectAsync(string url, MediaOptions options, Task listener, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var publisher = new Publisher();
            try
            {
                publisher.Open(url, options, cancellationToken);
                return publisher;
            }
            catch (LibAvException error) when (error.Error == LibAvError.ConnectionRefused && watch.Elapsed < TimeSpan.FromSeconds(60))
            {
                publisher.Dispose();
                if (listener.IsCompleted)
                {
                    await listener;
                    Assert.Fail("The listener ended before anybody connected.");
                }

                await Task.Yield();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Publisher : IDisposable
    {
        public Muxer Muxer { get; private set; } = null!;

        public VideoEncoder Encoder { get; private set; } = null!;

        public void Open(string url, MediaOptions options, CancellationToken cancellationToken)
        {
            Muxer = Muxer.Open(url, new MuxerOptions { Options = options }, cancellationToken);
            Encoder = VideoEncoder.Open(Publishing.H264(128, 96, Muxer.WantsGlobalHeader));
            _ = Muxer.AddStream(Encoder);
            Muxer.WriteHeader();
        }

        public void Dispose()
        {
            Muxer?.Dispose();
            Encoder?.Dispose();
        }
    }
}
