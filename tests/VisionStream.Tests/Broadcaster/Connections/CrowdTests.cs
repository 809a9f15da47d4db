using System.Net.WebSockets;
using VisionStream.Broadcaster;

namespace VisionStream.Tests.Broadcaster.Connections;

public sealed class CrowdTests
{
    [Fact]
    public async Task Subscribers_that_join_and_leave_under_load_leave_nothing_behind()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { Shards = 3, QueueLength = 4, SendBufferBytes = 4096 });
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var publisher = Task.Run(() => PublishAsync(server, done.Token), TestContext.Current.CancellationToken);
        using var stayer = await TestSubscriber.JoinAsync(server.Ws());
        var staying = Task.Run(async () =>
        {
            long last = 0, read = 0;
            while (!done.IsCancellationRequested)
            {
                var message = await stayer.ReadAsync();
                if (message.GetProperty("type").GetString() == "detections")
                {
                    Assert.True(message.GetProperty("seq").GetInt64() > last, "order is kept");
                    last = message.GetProperty("seq").GetInt64();
                    read++;
                }
            }

            return read;
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; round < 12; round++)
            {
                await VisitAsync(server, (worker * 12) + round);
            }
        })));
        await done.CancelAsync();
        await publisher;
        server.Feed.Publish(Samples.Frame(long.MaxValue, null, Samples.Person));
        Assert.True(await staying > 0);
        await stayer.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await Eventually.BecomesTrue(() => server.Hub.Count == 0, "all are gone");
        // One buffer a shard is the ping that its subscribers share.
        await Eventually.BecomesTrue(() => server.Hub.Pool.Outstanding == 3, "every buffer is back");
    }

    private static async Task PublishAsync(BroadcasterServer server, CancellationToken cancel)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var sequence = 1L; !cancel.IsCancellationRequested; sequence++)
        {
            server.Feed.Publish(Samples.Frame(sequence, null, Samples.Person, Samples.Dog));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>One visit: some read a little, some change their mind, some never read, and they leave in three ways.</summary>
    private static async Task VisitAsync(BroadcasterServer server, int number)
    {
        using var visitor = await TestSubscriber.JoinAsync(server.Ws(number % 2 == 0 ? "/ws" : $"/ws?min_confidence=0.{number % 9}"));
        for (var i = 0; i < number % 4; i++)
        {
            await visitor.ReadAsync("detections");
        }

        if (number % 5 == 0)
        {
            await visitor.SendAsync("""{"type":"subscribe","classes":["dog"]}""");
            await visitor.ReadAsync("subscribed");
        }

        switch (number % 3)
        {
            case 0:
                await visitor.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
                break;
            case 1:
                await visitor.SendAsync([1], WebSocketMessageType.Binary);
                break;
        }
    }
}
