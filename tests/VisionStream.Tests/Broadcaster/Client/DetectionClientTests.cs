using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VisionStream.Broadcaster;
using VisionStream.Broadcaster.Client;
using VisionStream.Tests.Broadcaster.Connections;

namespace VisionStream.Tests.Broadcaster.Client;

public sealed class DetectionClientTests
{
    private readonly ConcurrentQueue<(string Reason, TimeSpan Wait)> _lost = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_connects_and_yields_every_message_whole()
    {
        await using var server = await BroadcasterServer.StartAsync();
        await using var messages = Read(new DetectionClient(server.Ws(), null, TimeProvider.System));
        Assert.Equal("hello", Type(await NextAsync(messages)));
        // Longer than the first buffer.
        server.Feed.Publish(Samples.Frame(1, null, [.. Enumerable.Repeat(Samples.Person, 300)]));
        server.Feed.Publish(Samples.Frame(2));
        using var large = JsonDocument.Parse(await NextAsync(messages));
        Assert.Equal(300, large.RootElement.GetProperty("detections").GetArrayLength());
        using var small = JsonDocument.Parse(await NextAsync(messages));
        Assert.Equal(2, small.RootElement.GetProperty("seq").GetInt64());
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task It_waits_for_a_server_that_is_not_up_yet_and_comes_back_after_one_that_went()
    {
        var port = FreePort();
        await using var messages = Read(new DetectionClient(new Uri($"ws://127.0.0.1:{port}/ws"), null, TimeProvider.System));
        var first = NextAsync(messages);
        await Eventually.BecomesTrue(() => !_lost.IsEmpty, "the first attempt fails");
        Assert.True(_lost.TryDequeue(out var failed));
        Assert.StartsWith($"ws://127.0.0.1:{port}/ws cannot be reached: ", failed.Reason, StringComparison.Ordinal);
        Assert.InRange(failed.Wait, TimeSpan.FromSeconds(0.33), TimeSpan.FromSeconds(0.5));

        Task<ReadOnlyMemory<byte>> second;
        await using (await BroadcasterServer.StartAsync(port: port))
        {
            Assert.Equal("hello", Type(await first));
            _lost.Clear();
            second = NextAsync(messages);
        }

        await Eventually.BecomesTrue(() => !_lost.IsEmpty, "the goodbye is told");
        Assert.True(_lost.TryDequeue(out var gone));
        Assert.Equal($"ws://127.0.0.1:{port}/ws ended the connection with 1001: The service is shutting down.", gone.Reason);
        await using var again = await BroadcasterServer.StartAsync(port: port);
        Assert.Equal("hello", Type(await second));
    }

    [Fact]
    public async Task A_refused_subscription_ends_it_with_a_sentence()
    {
        await using var server = await BroadcasterServer.StartAsync();
        var bad = await Assert.ThrowsAsync<FormatException>(
            () => FirstAsync(new DetectionClient(server.Ws("/ws?max_fps=0"), null, TimeProvider.System)));
        Assert.Contains("'?max_fps=0'", bad.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(() => FirstAsync(new DetectionClient(server.Ws("/elsewhere"), null, TimeProvider.System)));
    }

    [Fact]
    public async Task It_shows_its_token_and_a_wrong_one_ends_it()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions
        {
            Authorize = context =>
                ValueTask.FromResult(new Visitor(BearerToken.From(context.Request) == "secret" ? Admission.Granted : Admission.CredentialsNeeded)),
        });
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => FirstAsync(new DetectionClient(server.Ws(), "wrong", TimeProvider.System)));
        Assert.Equal("hello", Type(await FirstAsync(new DetectionClient(server.Ws(), "secret", TimeProvider.System))));
    }

    [Fact]
    public async Task A_full_house_is_tried_again()
    {
        await using var server = await BroadcasterServer.StartAsync(new BroadcasterOptions { MaxSubscribers = 1 });
        var first = await TestSubscriber.JoinAsync(server.Ws());
        var second = FirstAsync(new DetectionClient(server.Ws(), null, TimeProvider.System));
        await Eventually.BecomesTrue(() => !_lost.IsEmpty, "the attempt is refused");
        Assert.Contains("answered 503", _lost.First().Reason, StringComparison.Ordinal);
        first.Dispose();
        Assert.Equal("hello", Type(await second));
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_given_up()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var client = new DetectionClient(new Uri($"ws://{mute.LocalEndpoint}/ws"), null, TimeProvider.System)
        {
            ConnectTimeout = TimeSpan.FromSeconds(0.3),
        };
        await using var messages = Read(client);
        var next = messages.MoveNextAsync();
        await Eventually.BecomesTrue(() => !_lost.IsEmpty, "the attempt is given up");
        Assert.Contains("did not answer within 0.3 s", _lost.First().Reason, StringComparison.Ordinal);
        mute.Stop();
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_message_beyond_all_measure_is_not_taken()
    {
        await using var server = await BroadcasterServer.StartAsync();
        await using var messages = Read(new DetectionClient(server.Ws(), null, TimeProvider.System) { MaxMessageBytes = 5000 });
        await NextAsync(messages);
        server.Feed.Publish(Samples.Frame(1, null, [.. Enumerable.Repeat(Samples.Person, 100)]));
        Assert.Equal("hello", Type(await NextAsync(messages)));
        Assert.Contains("more than 5000 bytes", Assert.Single(_lost).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        await using var server = await BroadcasterServer.StartAsync();
        using var cancel = new CancellationTokenSource();
        var messages = new DetectionClient(server.Ws(), null, TimeProvider.System).ReadAsync(cancel.Token).GetAsyncEnumerator(Cancel);
        await NextAsync(messages);
        var next = messages.MoveNextAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await messages.DisposeAsync();
    }

    private Reading Read(DetectionClient client)
    {
        client.Lost += (reason, wait) => _lost.Enqueue((reason, wait));
        return new Reading(client.ReadAsync, Cancel);
    }

    private async Task<ReadOnlyMemory<byte>> FirstAsync(DetectionClient client)
    {
        await using var messages = Read(client);
        return (await NextAsync(messages)).ToArray();
    }

    private static async Task<ReadOnlyMemory<byte>> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> messages)
    {
        Assert.True(await messages.MoveNextAsync());
        return messages.Current;
    }

    private static string? Type(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        return document.RootElement.GetProperty("type").GetString();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>
    /// One reader. An async iterator must not be disposed while a read is under way; this one cancels the read first, so that a
    /// test may leave at any time.
    /// </summary>
    private sealed class Reading : IAsyncEnumerator<ReadOnlyMemory<byte>>
    {
        private readonly CancellationTokenSource _cancel;
        private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _messages;
        private Task<bool> _next = Task.FromResult(true);

        public Reading(Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read, CancellationToken cancel)
        {
            _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            _messages = read(_cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        }

        public ReadOnlyMemory<byte> Current => _messages.Current;

        public ValueTask<bool> MoveNextAsync() => new(_next = _messages.MoveNextAsync().AsTask());

        public async ValueTask DisposeAsync()
        {
            await _cancel.CancelAsync();
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _messages.DisposeAsync();
            _cancel.Dispose();
        }
    }
}
