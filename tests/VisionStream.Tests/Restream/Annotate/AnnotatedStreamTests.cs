using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Tests.Restream.Annotate;

public sealed class AnnotatedStreamTests : IDisposable
{
    private readonly GreySource _source = new();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"annotated-{Guid.NewGuid():N}.mkv");

    [Fact]
    public async Task Every_frame_goes_out_with_the_sources_times_and_key_frames_come_as_configured()
    {
        await using (var annotated = Start(o => o with { Video = new VideoEncoding { KeyFrameInterval = TimeSpan.FromSeconds(0.5) } }))
        {
            await PublishAsync(annotated, 30, 0);
        }

        var pictures = RecordedPicture.ReadAll(_file);
        Assert.Equal(30, pictures.Count);
        Assert.All(pictures.Select((p, i) => (p, i)), x => Assert.Equal(x.i * 40, x.p.PtsMs, 1.0));
        Assert.Equal([0, 13, 26], pictures.Select((p, i) => (p, i)).Where(x => x.p.IsKey).Select(x => x.i));
        Assert.All(pictures, p => Assert.Equal((640, 360), (p.Width, p.Height)));
    }

    [Theory]
    [InlineData(PixelLayout.I420)]
    [InlineData(PixelLayout.Nv12)]
    [InlineData(PixelLayout.I422)]
    [InlineData(PixelLayout.I444)]
    public async Task Boxes_are_in_the_pixels_where_the_results_say(PixelLayout layout)
    {
        var box = new BoundingBox(201, 97, 221, 151);
        await using (var annotated = Start())
        {
            _source.Publish(0, layout: layout);
            _source.Detect(0, box);
            await SentAsync(annotated, 1);
            await PublishAsync(annotated, 5, 1, layout);
        }

        AssertNear(box, RecordedPicture.ReadAll(_file)[^1].Find(0));
    }

    [Fact]
    public async Task Between_results_boxes_move_on_with_their_objects()
    {
        await using (var annotated = Start())
        {
            for (var i = 0; i <= 12; i++)
            {
                // A result every fourth frame, of an object that moves by 5 pixels a frame.
                if (i % 4 == 0)
                {
                    _source.Detect(i * 40, new BoundingBox(100 + (i * 5), 120, 200, 120));
                }

                _source.Publish(i * 40);
                await SentAsync(annotated, i + 1);
            }
        }

        var pictures = RecordedPicture.ReadAll(_file);
        for (var i = 4; i < pictures.Count; i++)
        {
            AssertNear(new BoundingBox(100 + (i * 5), 120, 200, 120), pictures[i].Find(0));
        }
    }

    [Fact]
    public async Task Another_size_of_the_source_is_fitted_into_the_output_with_its_boxes()
    {
        await using (var annotated = Start())
        {
            await PublishAsync(annotated, 3, 0);
            _source.Reconnect();
            _source.Detect(0, new BoundingBox(80, 120, 160, 240), 480, 480);
            _source.Publish(0, 480, 480);
            await SentAsync(annotated, 4);
        }

        var last = RecordedPicture.ReadAll(_file)[^1];
        Assert.Equal((640, 360), (last.Width, last.Height));
        AssertNear(new BoundingBox(140 + 60, 90, 120, 180), last.Find(0));
        Assert.InRange(last.Planes[0][0], 12, 24);
    }

    [Fact]
    public async Task A_source_that_goes_away_is_replaced_by_its_dimmed_picture_and_comes_back_on_the_same_time_line()
    {
        await using (var annotated = Start(o => o with { StillRate = 30, SignalTimeout = TimeSpan.FromSeconds(20) }))
        {
            await PublishAsync(annotated, 3, 0);
            _source.Report(StreamState.Reconnecting);
            await UntilAsync(() => annotated.Status is { State: RestreamState.NoSignal, Stills: > 3 });
            _source.Reconnect();
            _source.Report(StreamState.Online);
            await PublishAsync(annotated, 3, 1_000_000, firstSent: 3);
            Assert.Equal(RestreamState.Live, annotated.Status.State);
            Assert.Equal(1, annotated.Status.Connections);
        }

        var pictures = RecordedPicture.ReadAll(_file);
        Assert.All(pictures.Zip(pictures.Skip(1)), p => Assert.InRange(p.Second.PtsMs - p.First.PtsMs, 1, 20_000));
        var stills = pictures.Skip(3).SkipLast(3).ToList();
        Assert.InRange(stills.Count, 4, 1000);
        Assert.All(stills, p => Assert.InRange(p.MeanLuma(), 30, 75));
        Assert.All(pictures.TakeLast(3), p => Assert.InRange(p.MeanLuma(), 105, 115));
    }

    [Fact]
    public async Task The_frame_rate_can_be_limited()
    {
        await using (var annotated = Start(o => o with { Video = new VideoEncoding { FrameRate = 12.5 } }))
        {
            for (var i = 0; i < 20; i++)
            {
                _source.Publish(i * 40);
                await UntilAsync(() => annotated.Status.Sent + annotated.Status.Thinned == i + 1);
            }

            Assert.Equal((10, 10), (annotated.Status.Sent, annotated.Status.Thinned));
        }

        Assert.Equal(10, RecordedPicture.ReadAll(_file).Count);
    }

    [Fact]
    public async Task A_key_frame_can_be_asked_for()
    {
        await using (var annotated = Start())
        {
            await PublishAsync(annotated, 5, 0);
            annotated.RequestKeyFrame();
            await PublishAsync(annotated, 5, 200, firstSent: 5);
        }

        Assert.Equal([0, 5], RecordedPicture.ReadAll(_file).Select((p, i) => (p, i)).Where(x => x.p.IsKey).Select(x => x.i));
    }

    [Fact]
    public async Task The_information_line_stands_in_the_corner()
    {
        await using (var annotated = Start(o => o with { Information = true }))
        {
            await PublishAsync(annotated, 1, 0);
        }

        var picture = Assert.Single(RecordedPicture.ReadAll(_file));
        var corner = Enumerable.Range(4, 8).SelectMany(y => picture.Planes[0].Skip(y * 640).Take(200)).ToList();
        Assert.Contains(corner, v => v > 190);
        Assert.Contains(corner, v => v < 65);
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_is_given_up_after_the_attempts_that_are_configured()
    {
        var options = new AnnotationOptions
        {
            Target = TargetUrl.Parse("rtsp://127.0.0.1:1/live/a"),
            Reconnect = new ReconnectPattern { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(1), Attempts = 2 },
        };
        await using var annotated = AnnotatedStream.Start(_source.Stream, _source.Feed, options, NullLogger.Instance);
        _source.Publish(0);
        await annotated.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((RestreamState.Stopped, 0L), (annotated.Status.State, annotated.Status.Connections));
        Assert.Contains("rtsp://127.0.0.1:1/live/a", annotated.Status.LastError, StringComparison.Ordinal);
        Assert.Empty(_source.Stream.Ring.OutstandingLeases());
    }

    [Fact]
    public async Task It_can_be_stopped_before_the_first_frame()
    {
        var annotated = Start();
        Assert.Equal(RestreamState.Waiting, annotated.Status.State);
        await annotated.DisposeAsync();
        Assert.Equal(RestreamState.Stopped, annotated.Status.State);
    }

    [Fact]
    public void Everything_wrong_with_the_options_is_said_at_once()
    {
        var e = Assert.Throws<ArgumentException>(() => AnnotatedStream.Start(
            _source.Stream,
            _source.Feed,
            new AnnotationOptions { Target = TargetUrl.Parse("rtmp://h/live/a"), Audio = AudioMode.Opus, Scale = 9, StillRate = 0 },
            NullLogger.Instance));
        Assert.Contains("Opus", e.Message, StringComparison.Ordinal);
        Assert.Contains("Scale", e.Message, StringComparison.Ordinal);
        Assert.Contains("StillRate", e.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _source.Dispose();
        File.Delete(_file);
    }

    private static void AssertNear(BoundingBox expected, BoundingBox? found)
    {
        Assert.NotNull(found);
        var box = found.Value;
        Assert.True(
            MathF.Abs(box.X - expected.X) <= 4 && MathF.Abs(box.Y - expected.Y) <= 4
                && MathF.Abs(box.Right - expected.Right) <= 4 && MathF.Abs(box.Bottom - expected.Bottom) <= 4,
            $"Expected {expected}, found {box}.");
    }

    private static Task SentAsync(AnnotatedStream annotated, long count) => UntilAsync(() => annotated.Status.Sent >= count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private AnnotatedStream Start(Func<AnnotationOptions, AnnotationOptions>? change = null)
    {
        var options = new AnnotationOptions { Target = TargetUrl.Parse(_file), SignalTimeout = TimeSpan.FromSeconds(60) };
        return AnnotatedStream.Start(_source.Stream, _source.Feed, change?.Invoke(options) ?? options, NullLogger.Instance);
    }

    private async Task PublishAsync(
        AnnotatedStream annotated, int count, int firstPtsMs, PixelLayout layout = PixelLayout.I420, int? firstSent = null)
    {
        var sent = firstSent ?? (int)annotated.Status.Sent;
        for (var i = 0; i < count; i++)
        {
            _source.Publish(firstPtsMs + (i * 40), layout: layout);
            await SentAsync(annotated, sent + i + 1);
        }
    }
}
