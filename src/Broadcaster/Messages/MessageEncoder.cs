using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Messages;

/// <summary>
/// Not safe for several threads; each shard has its own. Turns what happened into messages of schema <c>visionstream/1</c>, each a
/// frame ready to be sent. The caller of each method holds the frame's first reference. In steady state the only allocation is the
/// frame object, and for a compressed one .NET's compressor.
/// </summary>
internal sealed class MessageEncoder : IDisposable
{
    // The messages are read by JSON parsers only, never pasted into HTML, so an apostrophe stays an apostrophe.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
#if !DEBUG
        SkipValidation = true,
#endif
    };

    private static readonly string Version =
        typeof(MessageEncoder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0.0.0";

    private readonly TimeProvider _time;
    private readonly FrameWriter _frame;
    private readonly FrameDeflater _deflater;
    private readonly Utf8JsonWriter _json;

    /// <summary>Makes an encoder that takes its buffers from <paramref name="pool"/>.</summary>
    public MessageEncoder(FramePool pool, TimeProvider time)
    {
        _time = time;
        _frame = new FrameWriter(pool);
        _deflater = new FrameDeflater(pool);
        _json = new Utf8JsonWriter(_frame, WriterOptions);
    }

    /// <summary>The result of one frame, as far as the filter lets it through; <c>sent_at</c> is now.</summary>
    public SharedFrame Detections(FrameDetections frame, DetectionFilter filter) =>
        Encode(
            (frame, filter, at: _time.GetUtcNow()),
            static (json, m) => DetectionsJson.Write(json, m.frame, m.filter, m.at),
            isDroppable: true);

    /// <summary>The same message for those who take it compressed.</summary>
    public SharedFrame Deflated(SharedFrame message) => _deflater.Deflate(message);

    /// <summary>A stream's change of state.</summary>
    public SharedFrame Status(StreamStatus status) =>
        Encode(status, static (json, s) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "status"u8);
            json.Status(s);
            json.WriteEndObject();
        });

    /// <summary>The first message on a connection.</summary>
    public SharedFrame Hello(Subscription subscription, IEnumerable<StreamSnapshot> streams) =>
        Encode((subscription, streams, at: _time.GetUtcNow()), static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "hello"u8);
            json.WriteString("schema"u8, JsonParts.Schema);
            json.Time("server_time"u8, m.at);
            json.WriteString("server_version"u8, Version);
            json.Subscription(m.subscription);
            json.Streams(m.streams);
            json.WriteEndObject();
        });

    /// <summary>The answer to a change of the subscription.</summary>
    public SharedFrame Subscribed(Subscription subscription, IEnumerable<StreamSnapshot> streams) =>
        Encode((subscription, streams), static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "subscribed"u8);
            json.Subscription(m.subscription);
            json.Streams(m.streams);
            json.WriteEndObject();
        });

    /// <summary>What a subscriber lost because it was slow.</summary>
    /// <param name="lost">Since the last message of this kind.</param>
    /// <param name="total">Since the connection began.</param>
    public SharedFrame Lag(long lost, long total) =>
        Encode((lost, total), static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "lag"u8);
            json.WriteNumber("lost"u8, m.lost);
            json.WriteNumber("lost_total"u8, m.total);
            json.WriteEndObject();
        });

    /// <summary>Why a request of the subscriber was not followed; one sentence.</summary>
    public SharedFrame Error(string message) =>
        Encode(message, static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteString("message"u8, m);
            json.WriteEndObject();
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _frame.Discard();
        _deflater.Dispose();
    }

    private SharedFrame Encode<T>(T message, Action<Utf8JsonWriter, T> write, bool isDroppable = false)
    {
        try
        {
            _json.Reset(_frame);
            write(_json, message);
            _json.Flush();
        }
        catch
        {
            _json.Reset(_frame);
            _frame.Discard();
            throw;
        }

        return _frame.Finish(isDroppable);
    }
}
