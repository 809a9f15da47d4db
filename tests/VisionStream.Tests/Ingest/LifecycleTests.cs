using System.Net;
using System.Net.Sockets;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest;

public sealed class LifecycleTests
{
    // Ten minutes is what the blocked call may take by itself.
    private static readonly TimeSpan BeforeTheOpeningEnds = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Stopping_ends_a_blocked_open()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var probe = new IngestProbe(
            $"rtsp://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/silent", IngestProbe.AsFast with { OpenTimeout = TimeSpan.FromMinutes(10) });
        probe.Ingest.Start();
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await probe.Ingest.StopAsync().WaitAsync(BeforeTheOpeningEnds, TestContext.Current.CancellationToken);
        Assert.Equal((StreamState.Offline, "Stopped."), (probe.Statuses[^1].State, probe.Statuses[^1].Reason));
    }

    [Fact]
    public async Task Stopping_ends_waiting_for_a_publisher()
    {
        await using var probe = new IngestProbe($"rtmp://127.0.0.1:{FreePort()}/live/x?listen=1");
        probe.Ingest.Start();
        _ = await probe.Until(StreamState.Offline, "Waiting for a publisher");
        await probe.Ingest.StopAsync().WaitAsync(BeforeTheOpeningEnds, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up_and_tried_again()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var options = IngestProbe.AsFast with { OpenTimeout = TimeSpan.FromMilliseconds(300) };
        await using var probe = new IngestProbe($"rtsp://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/silent", options);
        probe.Ingest.Start();
        using var first = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        _ = await probe.Until(StreamState.Reconnecting, "did not answer in time");
        using var second = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        Assert.True(probe.Ledger.Reconnects >= 1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_reconnecting_and_told_once()
    {
        await using var probe = new IngestProbe($"rtsp://u:secret@127.0.0.1:{FreePort()}/x");
        probe.Ingest.Start();
        var status = await probe.Until(StreamState.Reconnecting);
        Assert.Contains("Nothing listens at rtsp://***@127.0.0.1:", status.Reason, StringComparison.Ordinal);
        while (probe.Ledger.Reconnects < 3)
        {
            await Task.Yield();
        }

        await probe.Ingest.StopAsync();
        Assert.Equal([StreamState.Offline, StreamState.Reconnecting, StreamState.Offline], probe.Statuses.Select(s => s.State));
        Assert.DoesNotContain(probe.Statuses, s => s.Reason.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconnections_wait_longer_each_time()
    {
        var time = new ManualTime();
        await using var probe = new IngestProbe($"rtmp://127.0.0.1:{FreePort()}/live/x", new IngestOptions(), time);
        probe.Ingest.Start();
        var delays = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            delays.Add((await time.UntilTimerIsSet(TestContext.Current.CancellationToken)).TotalSeconds);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.All(delays.Zip([0.5, 1, 2, 4, 8, 10, 10]), pair => Assert.InRange(pair.First, pair.Second * 2 / 3, pair.Second));
    }

    [Fact]
    public async Task A_listener_that_cannot_listen_is_tried_with_pauses()
    {
        var time = new ManualTime();
        await using var probe = new IngestProbe("rtmp://name.invalid:1935/live/x?listen=1", new IngestOptions(), time);
        probe.Ingest.Start();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0.5, (await time.UntilTimerIsSet(TestContext.Current.CancellationToken)).TotalSeconds);
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_source_that_is_known_to_be_back_is_opened_at_once_and_the_waits_begin_anew()
    {
        var time = new ManualTime();
        await using var probe = new IngestProbe($"rtmp://127.0.0.1:{FreePort()}/live/x", new IngestOptions(), time);
        probe.Ingest.Start();
        for (var i = 0; i < 4; i++)
        {
            await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        var longer = await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        Assert.InRange(longer.TotalSeconds, 8 * 2.0 / 3, 8);
        probe.Ingest.TryNow();
        var anew = await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        Assert.InRange(anew.TotalSeconds, 0.5 * 2 / 3, 0.5);
        Assert.Equal(5, probe.Ledger.Reconnects);

        await probe.Ingest.StopAsync();
        probe.Ingest.TryNow();
    }

    [Fact]
    public async Task An_ingest_that_was_never_started_stops_at_once_and_stopping_twice_is_harmless()
    {
        await using var probe = new IngestProbe("lavfi:testsrc2");
        await probe.Ingest.StopAsync();
        await probe.Ingest.StopAsync();
        Assert.Empty(probe.Statuses);
        probe.Ingest.Start();
        Assert.Empty(probe.Frames);
    }

    [Fact]
    public async Task A_watcher_that_throws_does_not_take_the_service_down()
    {
        await using var probe = new IngestProbe("lavfi:testsrc2=size=64x64:duration=1");
        using var watcher = probe.Stream.Ring.Watch(_ => throw new InvalidOperationException("a watcher's mistake"));
        probe.Ingest.Start();
        Assert.Equal("Reading failed unexpectedly; the log has the details.", (await probe.Until(StreamState.Error)).Reason);
        await probe.Ingest.StopAsync();
    }

    [Fact]
    public void Invalid_options_are_refused_with_all_mistakes()
    {
        var error = Assert.Throws<ArgumentException>(() => new IngestProbe("lavfi:testsrc2", new IngestOptions { DecoderThreads = 0, OpenTimeout = TimeSpan.Zero }));
        Assert.Contains("DecoderThreads", error.Message, StringComparison.Ordinal);
        Assert.Contains("OpenTimeout", error.Message, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
