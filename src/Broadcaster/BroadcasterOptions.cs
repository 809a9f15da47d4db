using Microsoft.AspNetCore.Http;

namespace VisionStream.Broadcaster;

/// <summary>How detections go out. Immutable; <see cref="Validate"/> says what is wrong with it.</summary>
public sealed record BroadcasterOptions
{
    /// <summary>Subscribers served at once; the next one is answered 503 (default: 20,000).</summary>
    public int MaxSubscribers { get; init; } = 20_000;

    /// <summary>
    /// Messages that wait for one subscriber before its oldest is dropped (default: 32, three seconds of one stream at 10 a second).
    /// </summary>
    public int QueueLength { get; init; } = 32;

    /// <summary>
    /// Bytes that the kernel may hold for one subscriber (default: 64 KiB). What lies there cannot be dropped any more, so it is
    /// kept near the length of the queue; Linux doubles the figure for its own bookkeeping.
    /// </summary>
    public int SendBufferBytes { get; init; } = 64 * 1024;

    /// <summary>How long a subscriber may stay without reading or answering a ping before it is closed with 1013 (default: 30 s).</summary>
    public TimeSpan ProgressTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a ping asks a subscriber for a sign of life (default: 15 s).</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a subscriber may take to answer our close (default: 1 s).</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages a subscriber may send a second, pings included, with a burst of twice that (default: 10).</summary>
    public int MaxRequestsPerSecond { get; init; } = 10;

    /// <summary>Workers that share the subscribers (default: one for every two processors).</summary>
    public int Shards { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Whether results are compressed (permessage-deflate) for clients that offer it, once for all who share a filter (default:
    /// off). A message with three objects shrinks to a half, with ten to two fifths. That pays on slow links, and costs every client
    /// the work of unpacking.
    /// </summary>
    public bool Compress { get; init; }

    /// <summary>
    /// Origins whose pages may subscribe besides the service's own, for example <c>https://app.example</c>; <c>*</c> stands for all
    /// (default: none). Clients that send no <c>Origin</c>, which browsers always do, are not asked.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Asked before the upgrade and before every change of a subscription (default: everybody is welcome). Safe from any thread. A
    /// subscription to all streams gets those that the visitor may see, one that names others is refused.
    /// </summary>
    public Func<HttpContext, ValueTask<Visitor>> Authorize { get; init; } = static _ => ValueTask.FromResult(Visitor.Welcome);

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        AtLeast(nameof(MaxSubscribers), MaxSubscribers, 1);
        AtLeast(nameof(QueueLength), QueueLength, 1);
        AtLeast(nameof(SendBufferBytes), SendBufferBytes, 4096);
        AtLeast(nameof(MaxRequestsPerSecond), MaxRequestsPerSecond, 1);
        AtLeast(nameof(Shards), Shards, 1);
        Positive(nameof(ProgressTimeout), ProgressTimeout);
        Positive(nameof(PingInterval), PingInterval);
        Positive(nameof(CloseTimeout), CloseTimeout);
        foreach (var origin in AllowedOrigins)
        {
            if (origin is not ("*" or "null")
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin))
            {
                errors.Add(
                    $"Broadcaster:{nameof(AllowedOrigins)} has '{origin}'; write an origin like https://app.example, without a path.");
            }
        }

        return errors;

        void AtLeast(string key, int value, int least)
        {
            if (value < least)
            {
                errors.Add($"Broadcaster:{key} is {value}; it has to be {least} or more.");
            }
        }

        void Positive(string key, TimeSpan value)
        {
            if (value <= TimeSpan.Zero)
            {
                errors.Add($"Broadcaster:{key} is {value}; it has to be above zero.");
            }
        }
    }
}
