using System.Diagnostics;
using System.Net.WebSockets;
using VisionStream.Broadcaster;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class GoodbyeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_that_says_goodbye_is_answered_and_forgotten()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        await subscriber.Socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "going home", Cancel);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, subscriber.Socket.CloseStatus);
        await Eventually.BecomesTrue(() => server.Hub.Count == 0, "it is forgotten");
    }

    [Fact]
    public async Task A_subscriber_that_vanishes_is_forgotten()
    {
        await using var server = await BroadcasterServer.StartAsync();
        var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        subscriber.Dispose();
        await Eventually.BecomesTrue(() => server.Hub.Count == 0, "it is forgotten");
        server.Feed.Publish(Samples.Frame(1));
    }

    [Fact]
    public async Task A_request_of_4_kib_is_read_and_a_longer_one_ends_with_1009()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        await subscriber.SendAsync("""{"type":"subscribe"}""".PadRight(4096));
        await subscriber.ReadAsync("subscribed");
        await subscriber.SendAsync("""{"type":"subscribe"}""".PadRight(4097));
        Assert.Equal(1009, await subscriber.ReadCloseAsync());
    }

    [Fact]
    public async Task A_huge_request_is_not_read_to_its_end()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        var reading = subscriber.ReadCloseAsync();
        await subscriber.Socket.SendAsync(new byte[8000], WebSocketMessageType.Text, endOfMessage: false, Cancel);
        Assert.Equal(1009, await reading);
    }

    [Fact]
    public async Task A_binary_message_ends_with_1003()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        await subscriber.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal(1003, await subscriber.ReadCloseAsync());
    }

    [Fact]
    public async Task Text_that_is_no_utf8_ends_with_1007()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        await subscriber.SendAsync([0xFF, 0xFE], WebSocketMessageType.Text);
        Assert.Equal(1007, await subscriber.ReadCloseAsync());
    }

    [Fact]
    public async Task Too_many_requests_end_with_1008_and_a_sane_rate_does_not()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { MaxRequestsPerSecond = 3 }, time);
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        for (var i = 0; i < 30; i++)
        {
            await subscriber.SendAsync("""{"type":"subscribe"}""");
            await subscriber.ReadAsync("subscribed");
            time.Advance(TimeSpan.FromMilliseconds(334));
        }

        for (var i = 0; i < 7; i++)
        {
            await subscriber.SendAsync("""{"type":"subscribe"}""");
        }

        var messages = new List<System.Text.Json.JsonElement>();
        Assert.Equal(1008, await subscriber.ReadCloseAsync(messages));
        Assert.InRange(messages.Count, 0, 6);
    }

    [Fact]
    public async Task Shutdown_closes_everybody_with_1001_at_once_even_one_that_does_not_answer()
    {
        var server = await BroadcasterServer.StartAsync();
        using var reader = await TestSubscriber.JoinAsync(server.Ws());
        using var mute = await TestSubscriber.JoinAsync(server.Ws());
        var closed = reader.ReadCloseAsync();
        var began = Stopwatch.GetTimestamp();
        await server.StopAsync();
        Assert.Equal(1001, await closed);
        Assert.Equal(1001, await mute.ReadCloseAsync());
        // The close timeout is 1 s, and the host's own patience 30 s: what ended it was the former.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(25));
        await server.DisposeAsync();
    }
}
