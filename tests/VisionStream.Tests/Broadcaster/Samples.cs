using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Broadcaster;

internal static class Samples
{
    public static readonly StreamName Glasses = StreamName.Parse("live/glasses");
    public static readonly StreamName Robot = StreamName.Parse("robot");
    public static readonly ModelInfo Model = new("yolov8n-640", ["person", "dog", "traffic light"]);
    public static readonly StreamSession Session = new("01JDA0000000000000000000AA", ManualTime.Start);

    public static readonly Detection Person = new(0, "person", 0.87f, new BoundingBox(102.5f, 144, 170.8f, 264));
    public static readonly Detection Dog = new(1, "dog", 0.4f, new BoundingBox(0, 0, 854, 480), TrackId: 7);

    public static FrameDetections Frame(long sequence, StreamName? stream = null, params Detection[] detections) => new()
    {
        Stream = stream ?? Glasses,
        Session = Session,
        Sequence = sequence,
        FrameId = sequence + 600,
        PtsMs = 123_400.123456,
        Width = 854,
        Height = 480,
        IngestedAt = ManualTime.Start.AddMilliseconds(120),
        Clock = ClockSource.RtcpSenderReport,
        Latency = new StageLatency(1.111, 0.4, 0.777, 31, 0.3, 34.199),
        Model = Model,
        Dropped = 2,
        Detections = detections,
    };

    public static StreamStatus Status(StreamState state, StreamName? stream = null, string reason = "Because 'it' is so.") =>
        new(stream ?? Glasses, state, reason, ManualTime.Start) { Session = Session.Id, Width = 854, Height = 480 };
}
