using VisionStream.Host.Bench;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Broadcaster.Connections;

namespace VisionStream.Tests.Host.Bench;

public sealed class FanoutLoadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reports_what_a_server_delivers()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var load = new FanoutLoad(new FanoutOptions
        {
            Subscribers = 20,
            Rate = 50,
            Duration = TimeSpan.FromSeconds(0.4),
            WarmUp = TimeSpan.FromSeconds(0.1),
            Patience = TimeSpan.FromMinutes(2),
        });
        await load.OpenAsync(server.Ws(), Cancel);
        Assert.Equal(20, server.Hub.Count);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var publishing = PublishAsync(server, enough.Token);
        var report = await load.MeasureAsync(Environment.ProcessId, Cancel);
        await enough.CancelAsync();
        await publishing;
        Assert.Equal((20, 20, 400), (report.Subscribers, report.Messages, report.Delivered));
        Assert.True(report.IsComplete, report.ToString());
        Assert.InRange(report.MessageBytes, 400, 2_000);
        Assert.True(report.SpreadMsP50 <= report.SpreadMsP99 && report.SpreadMsP99 <= report.SpreadMsMax);
    }

    [Fact]
    public async Task A_server_that_refuses_is_told()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var load = new FanoutLoad(new FanoutOptions { Subscribers = 1 });
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => load.OpenAsync(server.Ws("/ws?max_fps=0"), Cancel));
        Assert.Contains("400", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_connections_than_files_are_told_before_they_fail()
    {
        Assert.Null(FanoutLoad.WhatForbids(1));
        Assert.Contains("ulimit", FanoutLoad.WhatForbids(int.MaxValue - 256), StringComparison.Ordinal);
    }

    private static async Task PublishAsync(BroadcasterServer server, CancellationToken cancel)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var sequence = 1L; !cancel.IsCancellationRequested; sequence++)
        {
            server.Feed.Publish(Samples.Frame(sequence, null, Samples.Person));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
