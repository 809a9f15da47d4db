using System.Text.Json;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class SlowSubscriberTests
{
    // More than the kernel, Kestrel and the queue hold of messages of 0.6 KB, with buffers as small as the options below ask for.
    private const int Enough = 3000;

    private static readonly BroadcasterOptions Small = new() { QueueLength = 8, SendBufferBytes = 4096 };

    [Fact]
    public async Task One_that_does_not_read_loses_its_oldest_and_nobody_else_notices()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(Small, time);
        using var slow = await TestSubscriber.JoinAsync(server.Ws());
        using var quick = await TestSubscriber.JoinAsync(server.Ws());
        for (var i = 1; i <= Enough; i++)
        {
            server.Feed.Publish(Samples.Frame(i, null, Samples.Person));
            Assert.Equal(i, (await quick.ReadAsync()).GetProperty("seq").GetInt64());
        }

        var lost = server.Hub.Counters.Lost;
        Assert.InRange(lost, 1, Enough - Small.QueueLength);
        // The kernel may find room for a few more now and then, and each time it does the episode is over.
        Assert.InRange(server.Log.At(LogLevel.Warning).Count(l => l.Contains("reads too slowly", StringComparison.Ordinal)), 1, lost / 10);

        // It wakes up: what it lost is told, and what it got and what it lost add up.
        time.Advance(TimeSpan.FromSeconds(1));
        long seen = 0, last = 0, told = 0;
        while (seen + told < Enough)
        {
            var message = await slow.ReadAsync();
            if (message.GetProperty("type").GetString() == "lag")
            {
                Assert.Equal("{type:string,lost:integer,lost_total:integer}", JsonShape.Of(message));
                told += message.GetProperty("lost").GetInt64();
                Assert.Equal(told, message.GetProperty("lost_total").GetInt64());
            }
            else
            {
                seen++;
                Assert.True(message.GetProperty("seq").GetInt64() > last, "messages keep their order");
                last = message.GetProperty("seq").GetInt64();
            }

            if (last == Enough)
            {
                // The first notice itself took the place of a message; a second one, a second later, tells of that.
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(Enough, last);
        Assert.Equal(server.Hub.Counters.Lost, told);
    }

    [Fact]
    public async Task One_that_makes_no_progress_for_30_seconds_is_closed_with_1013()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(Small, time);
        using var slow = await TestSubscriber.JoinAsync(server.Ws("/ws?streams=live/glasses"));
        using var quick = await TestSubscriber.JoinAsync(server.Ws());
        for (var i = 1; i <= Enough; i++)
        {
            server.Feed.Publish(Samples.Frame(i, null, Samples.Person));
            await quick.ReadAsync("detections");
        }

        // Step by step, so that the quick one answers its pings in between.
        for (var s = 0; s < 29; s++)
        {
            await LiveThroughASecond(server, time, quick);
        }

        Assert.Equal(0, server.Hub.Counters.ClosedSlow);
        await LiveThroughASecond(server, time, quick);
        await Eventually.BecomesTrue(() => server.Hub.Counters.ClosedSlow == 1, "it is given up");
        var messages = new List<JsonElement>();
        Assert.Equal(1013, await slow.ReadCloseAsync(messages));
        await Eventually.BecomesTrue(() => server.Hub.Count == 1, "it is forgotten");
        Assert.Equal(Enough, messages.Count(m => m.GetProperty("type").GetString() == "detections") + server.Hub.Counters.Lost);
        Assert.Single(server.Log.At(LogLevel.Warning), l => l.Contains("1013", StringComparison.Ordinal));
        await LiveThroughASecond(server, time, quick);
    }

    [Fact]
    public async Task One_that_does_not_even_take_the_close_is_cut_off()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(Small, time);
        using var slow = await TestSubscriber.JoinAsync(server.Ws());
        using (var quick = await TestSubscriber.JoinAsync(server.Ws()))
        {
            for (var i = 1; i <= Enough; i++)
            {
                server.Feed.Publish(Samples.Frame(i, null, Samples.Person));
                await quick.ReadAsync("detections");
            }
        }

        await Eventually.BecomesTrue(() => server.Hub.Count == 1, "the quick one has left");
        for (var s = 0; s < 31; s++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.BecomesTrue(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return server.Hub.Count == 0;
            },
            "it is cut off");
        Assert.Equal(1, server.Hub.Counters.ClosedSlow);
    }

    [Fact]
    public async Task One_that_answers_no_ping_is_closed_and_one_that_does_stays()
    {
        var time = new ManualTime();
        await using var server = await BroadcasterServer.StartAsync(time: time);
        // A client answers pings only while it reads, so this one, which does not, is as good as dead.
        using var mute = await TestSubscriber.JoinAsync(server.Ws());
        using var alive = await TestSubscriber.JoinAsync(server.Ws());
        for (var s = 0; s < 120; s++)
        {
            await LiveThroughASecond(server, time, alive);
        }

        await Eventually.BecomesTrue(() => server.Hub.Count == 1, "the mute one is gone");
        Assert.Equal(1, server.Hub.Counters.ClosedSlow);
        await LiveThroughASecond(server, time, alive);
    }

    private static long _sequence = 1_000_000;

    /// <summary>Lets a second pass and has a subscriber read all that comes in it; its answer shows that pings before it are answered.</summary>
    private static async Task LiveThroughASecond(BroadcasterServer server, ManualTime time, TestSubscriber subscriber)
    {
        time.Advance(TimeSpan.FromSeconds(1));
        var mark = Interlocked.Increment(ref _sequence);
        server.Feed.Publish(Samples.Frame(mark, Samples.Robot));
        while ((await subscriber.ReadAsync("detections")).GetProperty("seq").GetInt64() != mark)
        {
        }

        await subscriber.SendAsync("""{"type":"subscribe"}""");
        await subscriber.ReadAsync("subscribed");
    }
}
