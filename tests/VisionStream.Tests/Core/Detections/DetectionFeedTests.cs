using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Detections;

public sealed class DetectionFeedTests
{
    private static readonly StreamName Cam = StreamName.Parse("cam");
    private static readonly ModelInfo Model = new("yolo", ["person"]);

    [Fact]
    public void Everybody_gets_everything_until_they_leave()
    {
        var feed = new DetectionFeed();
        var results = new List<long>();
        var states = new List<StreamState>();
        using (feed.Subscribe(d => results.Add(d.Sequence), s => states.Add(s.State)))
        using (feed.Subscribe(d => results.Add(-d.Sequence)))
        {
            feed.Publish(Status(StreamState.Online));
            feed.Publish(Result(1));
        }

        feed.Publish(Result(2));
        feed.Publish(Status(StreamState.Offline));
        Assert.Equal([1, -1], results);
        Assert.Equal([StreamState.Online], states);
    }

    [Fact]
    public void One_that_throws_does_not_cost_the_others_their_data()
    {
        var feed = new DetectionFeed();
        var seen = 0;
        using var bad = feed.Subscribe(_ => throw new InvalidOperationException("bad"));
        using var good = feed.Subscribe(_ => seen++);

        Assert.Throws<AggregateException>(() => feed.Publish(Result(1)));
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Those_who_come_late_find_the_latest_of_each_stream()
    {
        var feed = new DetectionFeed();
        feed.Announce(Cam, Model, DateTimeOffset.UnixEpoch);
        Assert.Equal(StreamState.Offline, feed.Find(Cam)!.Status.State);
        Assert.Same(Model, feed.Find(Cam)!.Model);

        feed.Publish(Status(StreamState.Reconnecting));
        feed.Publish(Result(5));
        var snapshot = Assert.Single(feed.Streams);
        Assert.Equal(StreamState.Reconnecting, snapshot.Status.State);
        Assert.Equal(5, snapshot.Newest!.Sequence);

        feed.Forget(Cam);
        Assert.Empty(feed.Streams);
        Assert.Null(feed.Find(Cam));
    }

    private static StreamStatus Status(StreamState state) => new(Cam, state, "A reason.", DateTimeOffset.UnixEpoch);

    private static FrameDetections Result(long sequence) => new()
    {
        Stream = Cam,
        Session = new StreamSession("S", DateTimeOffset.UnixEpoch),
        Sequence = sequence,
        FrameId = sequence,
        PtsMs = 0,
        Width = 10,
        Height = 10,
        IngestedAt = DateTimeOffset.UnixEpoch,
        Clock = ClockSource.Arrival,
        Latency = default,
        Model = Model,
        Dropped = 0,
        Detections = [],
    };
}
