using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Safe from any thread. Takes a request from the door to the goodbye: handshake, origin, query, access, a free place; only then
/// the upgrade, since after it no HTTP status can be given. The request lasts as long as the subscription.
/// </summary>
internal sealed class SubscriberEndpoint(SubscriberHub hub, BroadcasterOptions options, TimeProvider time, ILogger<SubscriberEndpoint> log)
{
    // What DeflateNegotiation agrees on.
    private static readonly WebSocketDeflateOptions Deflate = new() { ClientContextTakeover = false, ServerContextTakeover = false };

    // A timer takes no more than 2^32 ms; who has a token for longer comes back once in between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly OriginPolicy _origins = new(options.AllowedOrigins);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!Handshake.IsAskedFor(context))
        {
            context.Response.Headers.Upgrade = "websocket";
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket endpoint; connect with ws:// or wss://.")
                .ConfigureAwait(false);
            return;
        }

        if (!Handshake.IsValid(context, out var error)
            || !SubscriptionReader.TryRead(context.Request.Query, out var subscription, out error))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        if (!_origins.Admits(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden,
                $"Pages of {context.Request.Headers.Origin} may not subscribe; add that origin to Broadcaster:AllowedOrigins.")
                .ConfigureAwait(false);
            return;
        }

        var (visitor, allowed, why) = await AskAsync(context, subscription).ConfigureAwait(false);
        if (allowed is null)
        {
            var status = visitor.Admission switch
            {
                Admission.CredentialsNeeded => StatusCodes.Status401Unauthorized,
                Admission.TryLater => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status403Forbidden,
            };
            context.Response.Headers.WWWAuthenticate = status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
            await RefuseAsync(context, status, why).ConfigureAwait(false);
            return;
        }

        if (hub.IsClosing || !hub.TryTakePlace())
        {
            context.Response.Headers.RetryAfter = "5";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable,
                hub.IsClosing ? "The service is shutting down." : $"All {options.MaxSubscribers} places are taken; try again later.")
                .ConfigureAwait(false);
            return;
        }

        try
        {
            await ServeAsync(context, allowed, visitor.Until).ConfigureAwait(false);
        }
        finally
        {
            hub.GiveBackPlace();
        }
    }

    private async Task ServeAsync(HttpContext context, Subscription subscription, DateTimeOffset? until)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } transport)
        {
            transport.Socket.SendBufferSize = options.SendBufferBytes;
        }

        using var connection = await Handshake.AcceptAsync(context, options.Compress).ConfigureAwait(false);
        var outbox = new Outbox(connection.Writes, options.QueueLength, time, hub.Counters);
        var name = $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}";
        var subscriber = new Subscriber(name, outbox, subscription, connection.IsDeflated, time);
        var budget = new RequestBudget(options.MaxRequestsPerSecond, time);
        // Keep-alive is the shard's, which asks all of its subscribers from one timer.
        using var socket = WebSocket.CreateFromStream(
            new SubscriberStream(connection.Reads, subscriber, hub.Pool, budget),
            new WebSocketCreationOptions
            {
                IsServer = true,
                KeepAliveInterval = Timeout.InfiniteTimeSpan,
                DangerousDeflateOptions = connection.IsDeflated ? Deflate : null,
            });
        var shard = hub.Join(subscriber);
        Log.Joined(log, subscriber.Name, hub.Count);
        using var end = until is { } at ? EndAt(at, outbox) : null;
        try
        {
            await ConverseAsync(context, socket, shard, subscriber, budget).ConfigureAwait(false);
        }
        finally
        {
            shard.Leave(subscriber);
            Log.Left(log, subscriber.Name, outbox.Sent, outbox.Lost, hub.Count - 1);
        }
    }

    /// <summary>Reads requests until the connection ends; nothing is being read or written any more when it returns.</summary>
    private async Task ConverseAsync(HttpContext context, WebSocket socket, Shard shard, Subscriber subscriber, RequestBudget budget)
    {
        var outbox = subscriber.Outbox;
        using var enough = new CancellationTokenSource();
        var reader = new RequestReader(socket, outbox, hub.Pool, budget, request => FollowAsync(context, shard, subscriber, request));
        var reading = reader.RunAsync(enough.Token);
        await Task.WhenAny(reading, outbox.Closing).ConfigureAwait(false);
        var goodbye = Task.WhenAll(reading, outbox.Closed);
        try
        {
            await goodbye.WaitAsync(options.CloseTimeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (outbox.Closed.IsCompleted)
        {
            // It has our close, or will find it in its buffer; only its answer is missing.
            await enough.CancelAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            context.Abort();
        }

        await goodbye.ConfigureAwait(false);
    }

    private async ValueTask FollowAsync(HttpContext context, Shard shard, Subscriber subscriber, ReadOnlyMemory<byte> request)
    {
        if (!SubscriptionReader.TryRead(request, out var subscription, out var error))
        {
            shard.Refuse(subscriber, error);
            return;
        }

        var (_, allowed, why) = await AskAsync(context, subscription).ConfigureAwait(false);
        if (allowed is not null)
        {
            shard.Change(subscriber, allowed);
        }
        else
        {
            shard.Refuse(subscriber, why);
        }
    }

    /// <summary>The subscription as far as it is allowed; without one, the sentence that says why.</summary>
    private async ValueTask<(Visitor Visitor, Subscription? Allowed, string Why)> AskAsync(HttpContext context, Subscription subscription)
    {
        var visitor = await options.Authorize(context).ConfigureAwait(false);
        var hidden = visitor.MayRead is { } mayRead ? subscription.Streams.Cast<StreamName?>().FirstOrDefault(s => !mayRead(s!.Value)) : null;
        return visitor.Admission switch
        {
            Admission.CredentialsNeeded => (visitor, null,
                "A valid key or token is needed: in Authorization: Bearer, in Sec-WebSocket-Protocol as bearer.TOKEN, in ?token=."),
            Admission.TryLater => (visitor, null, "Too many wrong keys came from this address; try again later."),
            Admission.Refused => (visitor, null, "This key or token may not read any stream."),
            _ when hidden is not null => (visitor, null, $"This key or token does not cover the stream {hidden}."),
            _ => (visitor, subscription with { MayRead = visitor.MayRead }, ""),
        };
    }

    /// <summary>Closes a subscriber when its token ends; the timer is the caller's to dispose of.</summary>
    private ITimer EndAt(DateTimeOffset at, Outbox outbox)
    {
        var left = at - time.GetUtcNow();
        return time.CreateTimer(
            _ => outbox.Close(SharedFrame.Close(hub.Pool, CloseStatus.PolicyViolation, "The token has expired; come back with a new one.")),
            null, left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private Task RefuseAsync(HttpContext context, int status, string why)
    {
        Log.Refused(log, context.Connection.RemoteIpAddress?.ToString() ?? "somewhere", status, why);
        return TypedResults.Problem(detail: why, statusCode: status).ExecuteAsync(context);
    }
}
