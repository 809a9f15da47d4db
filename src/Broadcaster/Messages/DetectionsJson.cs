using System.Text.Json;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;

namespace VisionStream.Broadcaster.Messages;

/// <summary>Stateless. The message <c>detections</c>, one for each analysed frame.</summary>
internal static class DetectionsJson
{
    // 1/100,000 of a frame is less than a tenth of a pixel up to 8K, which is what box_px gives.
    private const int BoxDecimals = 5;
    private const int PixelDecimals = 1;
    private const int ConfidenceDecimals = 4;
    private const int MillisecondDecimals = 2;

    /// <summary>Writes the message with the detections that pass the filter, allocating nothing.</summary>
    public static void Write(Utf8JsonWriter json, FrameDetections frame, DetectionFilter filter, DateTimeOffset sentAt)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "detections"u8);
        json.WriteString("schema"u8, JsonParts.Schema);
        json.WriteString("stream"u8, frame.Stream.Value);
        json.WriteString("session"u8, frame.Session.Id);
        json.WriteNumber("seq"u8, frame.Sequence);

        json.WriteStartObject("frame"u8);
        json.WriteNumber("id"u8, frame.FrameId);
        json.WriteNumber("pts_ms"u8, frame.PtsMs);
        json.WriteNumber("width"u8, frame.Width);
        json.WriteNumber("height"u8, frame.Height);
        json.WriteEndObject();

        json.WriteStartObject("time"u8);
        json.Time("ingested_at"u8, frame.IngestedAt);
        json.WriteString("clock"u8, JsonParts.Name(frame.Clock));
        json.Time("sent_at"u8, sentAt);
        json.WriteEndObject();

        var latency = frame.Latency;
        json.WriteStartObject("latency_ms"u8);
        json.Rounded("decode"u8, latency.Decode, MillisecondDecimals);
        json.Rounded("queue"u8, latency.Queue, MillisecondDecimals);
        json.Rounded("preprocess"u8, latency.Preprocess, MillisecondDecimals);
        json.Rounded("inference"u8, latency.Inference, MillisecondDecimals);
        json.Rounded("postprocess"u8, latency.Postprocess, MillisecondDecimals);
        json.Rounded("total"u8, latency.Total, MillisecondDecimals);
        json.WriteEndObject();

        json.WriteString("model"u8, frame.Model.Name);
        json.WriteNumber("dropped"u8, frame.Dropped);

        json.WriteStartArray("detections"u8);
        var detections = frame.Detections;
        for (var i = 0; i < detections.Count; i++)
        {
            var detection = detections[i];
            if (filter.Passes(detection))
            {
                Write(json, detection, frame.Width, frame.Height);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in Detection detection, int width, int height)
    {
        json.WriteStartObject();
        json.WriteNumber("class_id"u8, detection.ClassId);
        json.WriteString("label"u8, detection.Label);
        json.Rounded("confidence"u8, detection.Confidence, ConfidenceDecimals);
        if (detection.TrackId is { } track)
        {
            json.WriteNumber("track_id"u8, track);
        }
        else
        {
            json.WriteNull("track_id"u8);
        }

        var box = detection.Box;
        json.WriteStartObject("box"u8);
        json.Rounded("x"u8, (double)box.X / width, BoxDecimals);
        json.Rounded("y"u8, (double)box.Y / height, BoxDecimals);
        json.Rounded("w"u8, (double)box.Width / width, BoxDecimals);
        json.Rounded("h"u8, (double)box.Height / height, BoxDecimals);
        json.WriteEndObject();
        json.WriteStartObject("box_px"u8);
        json.Rounded("x"u8, box.X, PixelDecimals);
        json.Rounded("y"u8, box.Y, PixelDecimals);
        json.Rounded("w"u8, box.Width, PixelDecimals);
        json.Rounded("h"u8, box.Height, PixelDecimals);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
