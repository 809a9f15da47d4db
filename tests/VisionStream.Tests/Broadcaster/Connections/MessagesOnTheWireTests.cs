using System.Text;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class MessagesOnTheWireTests
{
    [Fact]
    public async Task Hello_comes_first_with_the_streams_that_are_known()
    {
        await using var server = await BroadcasterServer.StartAsync();
        server.Feed.Announce(Samples.Robot, Samples.Model, ManualTime.Start);
        server.Feed.Publish(Samples.Status(StreamState.Reconnecting));
        using var all = await TestSubscriber.ConnectAsync(server.Ws());
        var hello = await all.ReadAsync();
        Assert.Equal("hello", hello.GetProperty("type").GetString());
        Assert.Equal(["live/glasses", "robot"], hello.GetProperty("streams").EnumerateArray().Select(s => s.GetProperty("stream").GetString()));
        Assert.Equal("reconnecting", hello.GetProperty("streams")[0].GetProperty("state").GetString());
        Assert.Equal("yolov8n-640", hello.GetProperty("streams")[1].GetProperty("model").GetString());

        using var one = await TestSubscriber.ConnectAsync(server.Ws("/ws?streams=robot"));
        var streams = (await one.ReadAsync()).GetProperty("streams");
        Assert.Equal("robot", Assert.Single(streams.EnumerateArray()).GetProperty("stream").GetString());
    }

    [Fact]
    public async Task Detections_and_states_arrive_in_order()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        server.Feed.Publish(Samples.Status(StreamState.Online));
        server.Feed.Publish(Samples.Frame(1, null, Samples.Person));
        server.Feed.Publish(Samples.Frame(2));
        server.Feed.Publish(Samples.Status(StreamState.Offline));
        Assert.Equal("online", (await subscriber.ReadAsync()).GetProperty("state").GetString());
        Assert.Equal(1, (await subscriber.ReadAsync()).GetProperty("seq").GetInt64());
        var empty = await subscriber.ReadAsync();
        Assert.Equal((2, 0), (empty.GetProperty("seq").GetInt64(), empty.GetProperty("detections").GetArrayLength()));
        Assert.Equal("offline", (await subscriber.ReadAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Subscribers_with_the_same_filter_get_the_same_bytes()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Shards = 3 });
        using var one = await TestSubscriber.JoinAsync(server.Ws("/ws?classes=person,dog&max_fps=100"));
        using var two = await TestSubscriber.JoinAsync(server.Ws("/?classes=DOG,Person&streams=live/glasses"));
        using var other = await TestSubscriber.JoinAsync(server.Ws("/ws?classes=dog"));
        server.Feed.Publish(Samples.Frame(1, null, Samples.Person, Samples.Dog));
        var bytes = await one.ReadBytesAsync();
        Assert.Equal(bytes, await two.ReadBytesAsync());
        Assert.NotEqual(bytes, await other.ReadBytesAsync());
    }

    [Fact]
    public async Task A_query_limits_streams_classes_confidence_and_rate()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(time: time);
        using var subscriber = await TestSubscriber.JoinAsync(
            server.Ws("/ws?streams=live/glasses&classes=person,dog&min_confidence=0.5&max_fps=1"));
        using var witness = await TestSubscriber.JoinAsync(server.Ws());
        for (var i = 1; i <= 21; i++)
        {
            server.Feed.Publish(Samples.Frame(i, Samples.Robot, Samples.Person));
            server.Feed.Publish(Samples.Frame(i, null, Samples.Dog, Samples.Person));
            // The worker has to see each at its time.
            await witness.ReadAsync();
            await witness.ReadAsync();
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        foreach (var expected in new[] { 1, 9, 19 })
        {
            var message = await subscriber.ReadAsync();
            Assert.Equal(("live/glasses", expected), (message.GetProperty("stream").GetString(), message.GetProperty("seq").GetInt32()));
            Assert.Equal("person", Assert.Single(message.GetProperty("detections").EnumerateArray()).GetProperty("label").GetString());
        }
    }

    [Fact]
    public async Task A_subscription_can_be_changed_and_a_bad_change_leaves_it_as_it_is()
    {
        await using var server = await BroadcasterServer.StartAsync();
        server.Feed.Announce(Samples.Robot, Samples.Model, ManualTime.Start);
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws("/ws?streams=live/glasses"));
        using var bystander = await TestSubscriber.JoinAsync(server.Ws());
        await subscriber.SendAsync("""{"type":"subscribe","streams":["robot"],"classes":["dog"]}""");
        var subscribed = await subscriber.ReadAsync();
        Assert.Equal("subscribed", subscribed.GetProperty("type").GetString());
        Assert.Equal("robot", Assert.Single(subscribed.GetProperty("streams").EnumerateArray()).GetProperty("stream").GetString());

        await subscriber.SendAsync("""{"type":"subscribe","min_confidence":7}""");
        var error = await subscriber.ReadAsync();
        Assert.Equal("{type:string,message:string}", JsonShape.Of(error));
        Assert.Equal("error", error.GetProperty("type").GetString());

        server.Feed.Publish(Samples.Frame(1));
        server.Feed.Publish(Samples.Frame(2, Samples.Robot, Samples.Dog, Samples.Person));
        var message = await subscriber.ReadAsync();
        Assert.Equal(2, message.GetProperty("seq").GetInt64());
        Assert.Equal("dog", Assert.Single(message.GetProperty("detections").EnumerateArray()).GetProperty("label").GetString());
        Assert.Equal(1, (await bystander.ReadAsync()).GetProperty("seq").GetInt64());
        Assert.Equal(2, (await bystander.ReadAsync()).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_request_may_come_in_fragments()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        var request = Encoding.UTF8.GetBytes("""{"type":"subscribe","max_fps":3}""");
        foreach (var (part, isLast) in new[] { (request[..1], false), (request[1..9], false), (Array.Empty<byte>(), false), (request[9..], true) })
        {
            await subscriber.Socket.SendAsync(part, System.Net.WebSockets.WebSocketMessageType.Text, isLast, TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, (await subscriber.ReadAsync("subscribed")).GetProperty("subscription").GetProperty("max_fps").GetInt32());
    }

    [Fact]
    public async Task A_result_that_cannot_be_encoded_costs_only_itself()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        server.Feed.Publish(Samples.Frame(1, null, Samples.Person with { Box = new BoundingBox(float.NaN, 0, 1, 1) }));
        server.Feed.Publish(Samples.Frame(2));
        Assert.Equal(2, (await subscriber.ReadAsync("detections")).GetProperty("seq").GetInt64());
        Assert.Equal(1, server.Hub.Counters.Lost);
        Assert.Contains("live/glasses", Assert.Single(server.Log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_greeting_that_cannot_be_encoded_ends_with_1011_and_costs_nobody_else_anything()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var before = await TestSubscriber.JoinAsync(server.Ws());
        server.Feed.Publish(Samples.Status((StreamState)99));
        using (var unlucky = await TestSubscriber.ConnectAsync(server.Ws()))
        {
            Assert.Equal(1011, await unlucky.ReadCloseAsync());
        }

        server.Feed.Publish(Samples.Status(StreamState.Online));
        Assert.Equal("online", (await before.ReadAsync()).GetProperty("state").GetString());
        using var after = await TestSubscriber.JoinAsync(server.Ws());
        Assert.Equal(2, server.Log.At(LogLevel.Error).Count);
    }

    [Fact]
    public async Task Counters_agree_with_what_arrived()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws());
        server.Feed.Publish(Samples.Frame(1, null, Samples.Person));
        var length = (await subscriber.ReadBytesAsync()).Length;
        await Eventually.BecomesTrue(() => server.Hub.Counters.Sent == 2, "hello and one result are counted");
        Assert.True(server.Hub.Counters.Bytes > length);
        Assert.Equal(1, server.Hub.Count);
    }
}
