namespace VisionStream.Core.Metrics;

/// <summary>The names under which the features report, so that a dashboard needs one list. Units are UCUM's, as OpenTelemetry asks.</summary>
public static class MetricNames
{
    /// <summary>The meter that all instruments belong to.</summary>
    public const string Meter = "VisionStream";

    /// <summary>Gauge: subscribers connected now.</summary>
    public const string Subscribers = "visionstream.subscribers";

    /// <summary>Gauge by stream: subscribers that get it, as of a second ago at most.</summary>
    public const string StreamSubscribers = "visionstream.stream.subscribers";

    /// <summary>Counter by stream, without one for greetings and streams that are no more: messages handed to subscribers' connections.</summary>
    public const string MessagesSent = "visionstream.messages.sent";

    /// <summary>Counter by stream, bytes: the same as WebSocket frames, before TLS.</summary>
    public const string BytesSent = "visionstream.bytes.sent";

    /// <summary>Counter by stream: messages that a subscriber should have had and was too slow for.</summary>
    public const string MessagesLost = "visionstream.messages.lost";

    /// <summary>Counter: subscribers closed because they made no progress.</summary>
    public const string SubscribersClosedSlow = "visionstream.subscribers.closed_slow";
}
