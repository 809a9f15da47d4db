using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Restream.Annotate;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Annotate;

public sealed class InformationLineTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_names_stream_time_rate_and_latency()
    {
        var line = new InformationLine(StreamName.Parse("live/glasses"), _time);
        Assert.Equal("live/glasses  2026-01-01 00:00:00  10.0/s  34 ms", InUtc(line.Describe(Result(34.2), 9.98).ToString()));
        Assert.Equal("live/glasses  2026-01-01 00:00:00  no detections yet", InUtc(line.Describe(null, 0).ToString()));
    }

    [Fact]
    public void The_notice_says_since_when()
    {
        var line = new InformationLine(StreamName.Parse("a"), _time);
        var since = new DateTimeOffset(2026, 11, 21, 10, 4, 5, TimeSpan.Zero);
        var local = since.UtcDateTime + _time.LocalTimeZone.GetUtcOffset(since);
        Assert.Equal($"no signal since {local:HH:mm:ss}", line.NoSignal(since).ToString());
    }

    [Fact]
    public void The_longest_name_fits()
    {
        var line = new InformationLine(StreamName.Parse(new string('x', StreamName.MaxLength)), _time);
        Assert.EndsWith("ms", line.Describe(Result(123_456), 1000).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var line = new InformationLine(StreamName.Parse("live/glasses"), TimeProvider.System);
        var result = Result(12);
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            line.Describe(result, 10);
            line.NoSignal(DateTimeOffset.UnixEpoch);
        }));
    }

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        var rate = new ResultRate(_time);
        Assert.Equal(0, rate.PerSecond());
        for (var i = 0; i < 200; i++)
        {
            // Every second result is never seen; its number tells of it.
            rate.Observe(Result(30) with { Sequence = i * 2 });
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(10, rate.PerSecond(), 0.01);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, rate.PerSecond());
    }

    // The shown time is local; the machine that runs the tests may be anywhere.
    private string InUtc(string line)
    {
        var now = _time.GetUtcNow();
        var local = now.UtcDateTime + _time.LocalTimeZone.GetUtcOffset(now);
        return line.Replace($"{local:yyyy-MM-dd HH:mm:ss}", $"{now:yyyy-MM-dd HH:mm:ss}", StringComparison.Ordinal);
    }

    private static FrameDetections Result(double latency) => new()
    {
        Stream = StreamName.Parse("live/glasses"),
        Session = new StreamSession("01A", DateTimeOffset.UnixEpoch),
        Sequence = 1,
        FrameId = 1,
        PtsMs = 0,
        Width = 640,
        Height = 360,
        IngestedAt = default,
        Clock = ClockSource.Arrival,
        Latency = new StageLatency(0, 0, 0, 0, 0, latency),
        Model = new ModelInfo("m", []),
        Dropped = 0,
        Detections = [],
    };
}
