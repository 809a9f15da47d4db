using System.Net.WebSockets;
using Microsoft.Extensions.Primitives;
using VisionStream.Broadcaster;
using VisionStream.Broadcaster.Connections;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class DeflateTests
{
    private const string Agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    [Theory]
    [InlineData("permessage-deflate", Agreed)]
    [InlineData("permessage-deflate; client_max_window_bits", Agreed)]
    [InlineData("permessage-deflate; client_max_window_bits=10; server_no_context_takeover", Agreed)]
    [InlineData("permessage-deflate;server_max_window_bits=\"15\"", Agreed + "; server_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=10", null)]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", Agreed)]
    [InlineData("permessage-deflate; something_new", null)]
    [InlineData("permessage-deflate; client_max_window_bits=99", null)]
    [InlineData("x-webkit-deflate-frame", null)]
    [InlineData("", null)]
    public void Only_offers_that_can_be_kept_are_accepted(string offers, string? answer) =>
        Assert.Equal(answer, DeflateNegotiation.Answer(new StringValues(offers)));

    [Fact]
    public async Task Those_who_ask_for_it_get_results_compressed_and_the_others_do_not()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Compress = true });
        using var plain = await TestSubscriber.JoinAsync(server.Ws());
        using var deflated = await TestSubscriber.JoinAsync(server.Ws(), Deflate);
        var frame = Samples.Frame(1, null, [.. Enumerable.Repeat(Samples.Person, 20)]);
        server.Feed.Publish(frame);
        server.Feed.Publish(Samples.Status(StreamState.Offline));
        server.Feed.Publish(frame with { Sequence = 2 });
        var bytes = await plain.ReadBytesAsync();
        Assert.Equal(bytes, await deflated.ReadBytesAsync());
        Assert.Equal("offline", (await deflated.ReadAsync()).GetProperty("state").GetString());
        Assert.Equal(2, (await deflated.ReadAsync()).GetProperty("seq").GetInt64());
        await plain.ReadAsync("status");
        await plain.ReadAsync("detections");
        // Hello, state and results; the results of one were far shorter than the other's.
        await Eventually.BecomesTrue(() => server.Hub.Counters.Sent == 8, "all is counted");
        Assert.InRange(server.Hub.Counters.Bytes, bytes.Length * 2, bytes.Length * 3);
    }

    [Fact]
    public async Task Compressed_requests_are_understood()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Compress = true });
        using var deflated = await TestSubscriber.JoinAsync(server.Ws(), Deflate);
        for (var i = 1; i < 4; i++)
        {
            await deflated.SendAsync($$"""{"type":"subscribe","max_fps":{{i}},"classes":["person","person","person"]}""");
            var answer = await deflated.ReadAsync("subscribed");
            Assert.Equal(i, answer.GetProperty("subscription").GetProperty("max_fps").GetInt32());
        }
    }

    [Fact]
    public async Task A_small_message_that_unpacks_to_a_huge_one_ends_with_1009()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Compress = true });
        using var deflated = await TestSubscriber.JoinAsync(server.Ws(), Deflate);
        await deflated.SendAsync(new string(' ', 1_000_000));
        Assert.Equal(1009, await deflated.ReadCloseAsync());
    }

    [Fact]
    public async Task It_is_off_unless_asked_for()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var subscriber = await TestSubscriber.JoinAsync(server.Ws(), o =>
        {
            Deflate(o);
            o.CollectHttpResponseDetails = true;
        });
        Assert.DoesNotContain("Sec-WebSocket-Extensions", subscriber.Socket.HttpResponseHeaders!.Keys);
    }

    private static void Deflate(ClientWebSocketOptions options) => options.DangerousDeflateOptions = new WebSocketDeflateOptions();
}
