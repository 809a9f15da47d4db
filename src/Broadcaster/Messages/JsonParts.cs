using System.Globalization;
using System.Text.Json;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Messages;

/// <summary>Stateless. The pieces that several messages share.</summary>
internal static class JsonParts
{
    /// <summary>The name of the schema that these messages follow; a change that breaks a reader changes the number.</summary>
    public const string Schema = "visionstream/1";

    /// <summary>ISO 8601 in UTC with milliseconds, for example <c>2026-11-21T10:00:00.120Z</c>.</summary>
    public static void Time(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[24];
        time.UtcDateTime.TryFormat(text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }

    /// <summary>A number rounded to so many decimals.</summary>
    public static void Rounded(this Utf8JsonWriter json, ReadOnlySpan<byte> name, double value, int decimals) =>
        json.WriteNumber(name, Math.Round(value, decimals));

    /// <summary>The state's name in the messages.</summary>
    public static ReadOnlySpan<byte> Name(StreamState state) => state switch
    {
        StreamState.Offline => "offline"u8,
        StreamState.Online => "online"u8,
        StreamState.Reconnecting => "reconnecting"u8,
        StreamState.ResolutionChanged => "resolution_changed"u8,
        StreamState.Error => "error"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A stream state has no name in the messages."),
    };

    /// <summary>The clock's name in the messages.</summary>
    public static ReadOnlySpan<byte> Name(ClockSource clock) => clock switch
    {
        ClockSource.Arrival => "arrival"u8,
        ClockSource.RtcpSenderReport => "rtcp_sr"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(clock), clock, "A clock source has no name in the messages."),
    };

    /// <summary>The fields of a state: stream, state, reason, session, width, height, at.</summary>
    public static void Status(this Utf8JsonWriter json, StreamStatus status)
    {
        json.WriteString("stream"u8, status.Stream.Value);
        json.WriteString("state"u8, Name(status.State));
        json.WriteString("reason"u8, status.Reason);
        json.WriteString("session"u8, status.Session);
        json.WriteNumber("width"u8, status.Width);
        json.WriteNumber("height"u8, status.Height);
        json.Time("at"u8, status.At);
    }

    /// <summary>The list <c>streams</c>: the state of each with its model and that model's labels.</summary>
    public static void Streams(this Utf8JsonWriter json, IEnumerable<StreamSnapshot> streams)
    {
        json.WriteStartArray("streams"u8);
        foreach (var stream in streams)
        {
            json.WriteStartObject();
            json.Status(stream.Status);
            json.WriteString("model"u8, stream.Model?.Name);
            json.WriteStartArray("labels"u8);
            foreach (var label in stream.Model?.Labels ?? [])
            {
                json.WriteStringValue(label);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The object <c>subscription</c>, with <c>null</c> where nothing is limited.</summary>
    public static void Subscription(this Utf8JsonWriter json, Subscription subscription)
    {
        json.WriteStartObject("subscription"u8);
        List(json, "streams"u8, subscription.Streams.Select(s => s.Value));
        List(json, "classes"u8, subscription.Filter.Classes);
        json.Rounded("min_confidence"u8, subscription.Filter.MinConfidence, 6);
        if (subscription.MaxFps > 0)
        {
            json.WriteNumber("max_fps"u8, subscription.MaxFps);
        }
        else
        {
            json.WriteNull("max_fps"u8);
        }

        json.WriteEndObject();

        static void List(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> values)
        {
            if (!values.Any())
            {
                json.WriteNull(name);
                return;
            }

            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }
}
