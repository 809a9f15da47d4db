using VisionStream.Core.Audio;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Restream.Annotate;

/// <summary>A stream whose frames and results the test makes one by one.</summary>
internal sealed class GreySource : IDisposable
{
    private StreamSession _session = StreamSession.Start(TimeProvider.System);
    private long _sequence;

    public LiveStream Stream { get; } = new(StreamName.Parse("live/grey"));

    public DetectionFeed Feed { get; } = new();

    public StreamSession Session => _session;

    public void Reconnect() => _session = StreamSession.Start(TimeProvider.System);

    public long Publish(double ptsMs, int width = 640, int height = 360, PixelLayout layout = PixelLayout.I420, byte luma = 110)
    {
        var format = new FrameFormat(width, height, layout, ColorMatrix.Bt709, ColorRange.Limited);
        Assert.True(Stream.Ring.TryBeginWrite(format, out var write));
        for (var plane = 0; plane < format.PlaneCount; plane++)
        {
            write.Plane(plane).Fill(plane == 0 ? luma : (byte)128);
        }

        return Stream.Ring.Publish(
            write, new FrameInfo(_session, new MediaTime((long)(ptsMs * 90), 1, 90_000), DateTimeOffset.UtcNow, ClockSource.Arrival, 0, 0, false));
    }

    public void Detect(double ptsMs, BoundingBox box, int width = 640, int height = 360, int classId = 0) => Feed.Publish(new FrameDetections
    {
        Stream = Stream.Name,
        Session = _session,
        Sequence = ++_sequence,
        FrameId = 1,
        PtsMs = ptsMs,
        Width = width,
        Height = height,
        IngestedAt = DateTimeOffset.UtcNow,
        Clock = ClockSource.Arrival,
        Latency = default,
        Model = new ModelInfo("m", ["person"]),
        Dropped = 0,
        Detections = [new Detection(classId, "person", 0.87f, box)],
    });

    public void Report(StreamState state) => Feed.Publish(new StreamStatus(Stream.Name, state, "As the test says.", DateTimeOffset.UtcNow));

    public void AnnounceSound(string codec, int sampleRate, int channels, byte[] codecData) =>
        Stream.Audio.Format = new AudioFormat(_session, codec, sampleRate, channels, 1024, codecData);

    public void Dispose() => Stream.Dispose();
}
