using System.Diagnostics;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class DemuxerTests
{
    private static readonly DemuxerOptions RawAudio = new() { InputFormat = "u8", FindStreamInfo = false };

    [Fact]
    public void A_clip_names_its_streams()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("mov,mp4,m4a,3gp,3g2,mj2", demuxer.FormatName);
        Assert.Equal(2, demuxer.Streams.Count);
        var video = demuxer.Video!;
        Assert.Equal((MediaKind.Video, "h264", 1280, 720, PixelFormat.Yuv420P), (video.Kind, video.CodecName, video.Parameters.Width, video.Parameters.Height, video.Parameters.PixelFormat));
        Assert.Equal(25, video.FrameRate.Value);
        Assert.Equal(38, video.FrameCount);
        Assert.True(video.TimeBase.IsKnown);
        Assert.Equal(1, video.Parameters.Extradata[0]);
        var audio = demuxer.Audio!;
        Assert.Equal((MediaKind.Audio, "aac", "fltp"), (audio.Kind, audio.CodecName, audio.Parameters.FormatName));
        Assert.True(audio.Parameters is { SampleRate: > 0, Channels: > 0, FrameSize: 1024 });
        Assert.InRange(demuxer.Duration!.Value.TotalSeconds, 1.4, 1.6);
        Assert.Empty(demuxer.UnusedOptions);
    }

    [Fact]
    public void Packets_of_a_stream_that_is_not_wanted_do_not_come()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        demuxer.Select(demuxer.Audio!.Index, wanted: false);
        var count = 0;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            Assert.Equal(demuxer.Video!.Index, packet.StreamIndex);
            count++;
        }

        Assert.Equal(38, count);
        Assert.Throws<ArgumentOutOfRangeException>(() => demuxer.Select(2, wanted: true));
    }

    [Fact]
    public void Options_that_nobody_knows_are_reported()
    {
        var options = new DemuxerOptions { Options = MediaOptions.None.With("probesize", 100_000).With("no_such_option", "1").With("fflags", "+nobuffer+discardcorrupt") };
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), options, TestContext.Current.CancellationToken);
        Assert.Equal(["no_such_option"], demuxer.UnusedOptions);
    }

    [Fact]
    public void An_option_with_a_bad_value_is_refused()
    {
        var options = new DemuxerOptions { Options = MediaOptions.None.With("probesize", "several") };
        var error = Assert.Throws<LibAvException>(() => Demuxer.Open(Clips.Find("highway-cars.mp4"), options, TestContext.Current.CancellationToken));
        Assert.Equal(LibAvError.InvalidArgument, error.Error);
    }

    [Fact]
    public void A_generated_pattern_gives_as_many_pictures_as_asked_for()
    {
        using var demuxer = Pictures.Generated("testsrc2=size=320x240:rate=10:duration=2");
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var times = new List<long>();
        Pictures.ForEach(demuxer, decoder, frame =>
        {
            Assert.Equal((320, 240), (frame.Width, frame.Height));
            times.Add(demuxer.Video!.TimeBase.Rescale(frame.Pts, Rational.Milliseconds));
        });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 100L), times);
    }

    [Fact]
    public async Task A_server_that_says_nothing_ends_the_opening_at_its_deadline()
    {
        await using var server = ScriptedServer.Silent();
        foreach (var url in new[] { $"rtsp://{server.Address}/live", $"rtmp://{server.Address}/live/x", $"http://{server.Address}/x.m3u8" })
        {
            var watch = Stopwatch.StartNew();
            var error = Assert.Throws<LibAvException>(() => Demuxer.Open(url, new DemuxerOptions { OpenTimeout = TimeSpan.FromMilliseconds(300) }, TestContext.Current.CancellationToken));
            Assert.Equal(LibAvError.TimedOut, error.Error);
            Assert.Equal($"Opening {url.Replace("/live/x", "/live/***", StringComparison.Ordinal)} took longer than 0.3 s.", error.Message);
            Assert.True(watch.ElapsedMilliseconds >= 290, $"{url} gave up after {watch.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public async Task Cancellation_ends_an_opening()
    {
        await using var server = ScriptedServer.Silent();
        using var cancellation = new CancellationTokenSource();
        var opening = Task.Factory.StartNew(() => Demuxer.Open($"rtsp://{server.Address}/live", cancellationToken: cancellation.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellation.CancelAfter(100);
        _ = await Assert.ThrowsAsync<OperationCanceledException>(() => opening);
        Assert.Throws<OperationCanceledException>(() => Demuxer.Open("/dev/null", cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task A_source_that_stalls_while_its_streams_are_sought_is_named_as_late()
    {
        await using var server = ScriptedServer.Stalling(new byte[10_000]);
        var options = new DemuxerOptions { InputFormat = "mpegts", OpenTimeout = TimeSpan.FromMilliseconds(300) };
        var error = Assert.Throws<LibAvException>(() => Demuxer.Open($"tcp://{server.Address}", options, TestContext.Current.CancellationToken));
        Assert.Equal(LibAvError.TimedOut, error.Error);
        Assert.Equal($"Opening tcp://{server.Address} took longer than 0.3 s.", error.Message);
    }

    [Fact]
    public async Task A_source_that_stalls_times_the_read_out_and_more_than_once()
    {
        await using var server = ScriptedServer.Stalling(new byte[10_000]);
        using var demuxer = Demuxer.Open($"tcp://{server.Address}", RawAudio with { ReadTimeout = TimeSpan.FromMilliseconds(250) }, TestContext.Current.CancellationToken);
        using var packet = new Packet();
        ReadResult read;
        while ((read = demuxer.Read(packet)) == ReadResult.TimedOut)
        {
            // The server's own thread may be late on a busy machine.
        }

        Assert.Equal(ReadResult.Packet, read);
        while ((read = demuxer.Read(packet)) == ReadResult.Packet)
        {
        }

        Assert.Equal(ReadResult.TimedOut, read);
        Assert.Equal(0, packet.Size);
        Assert.Equal(ReadResult.TimedOut, demuxer.Read(packet));
    }

    [Fact]
    public async Task Cancellation_ends_a_blocked_read()
    {
        await using var server = ScriptedServer.Stalling(new byte[10_000]);
        using var cancellation = new CancellationTokenSource();
        using var demuxer = Demuxer.Open($"tcp://{server.Address}", RawAudio with { ReadTimeout = Timeout.InfiniteTimeSpan }, cancellation.Token);
        using var packet = new Packet();
        cancellation.CancelAfter(400);
        ReadResult read;
        while ((read = demuxer.Read(packet)) == ReadResult.Packet)
        {
        }

        Assert.Equal(ReadResult.Cancelled, read);
        Assert.Equal(ReadResult.Cancelled, demuxer.Read(packet));
    }

    [Fact]
    public async Task What_went_wrong_is_named_and_secrets_are_not()
    {
        await using var notFound = ScriptedServer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var forbidden = ScriptedServer.Answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var rtspNotFound = ScriptedServer.Answering("RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n");
        var closed = ScriptedServer.Silent();
        var free = closed.Address;
        await closed.DisposeAsync();

        AssertFails(LibAvError.NotFound, $"http://user:secret@{notFound.Address}/x.mp4?token=abc", $"http://***@{notFound.Address}/x.mp4?token=***");
        AssertFails(LibAvError.Unauthorized, $"http://{forbidden.Address}/x.mp4", forbidden.Address);
        AssertFails(LibAvError.NotFound, $"rtsp://{rtspNotFound.Address}/live", rtspNotFound.Address);
        AssertFails(LibAvError.ConnectionRefused, $"rtsp://{free}/live", free);
        AssertFails(LibAvError.NotFound, "/no/such/file.mp4", "/no/such/file.mp4");
        AssertFails(LibAvError.Unsupported, "nothing://host/x", "nothing://host/x");
        var format = Assert.Throws<LibAvException>(() => Demuxer.Open("x", new DemuxerOptions { InputFormat = "nope" }, TestContext.Current.CancellationToken));
        Assert.Equal("This FFmpeg has no input format named nope.", format.Message);
        Assert.Throws<ArgumentException>(() => Demuxer.Open(" ", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_disposed_demuxer_says_so()
    {
        var demuxer = Pictures.Generated("testsrc2=size=64x64:rate=10:duration=1");
        using var packet = new Packet();
        demuxer.Dispose();
        demuxer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => demuxer.Read(packet));
    }

    private static void AssertFails(LibAvError expected, string url, string named)
    {
        var error = Assert.Throws<LibAvException>(() => Demuxer.Open(url, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((url, expected), (url, error.Error));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", error.Message, StringComparison.Ordinal);
    }
}
