using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Detector.Cadence;
using VisionStream.Detector.Engine;
using VisionStream.Detector.Models;

namespace VisionStream.Tests.Detector.Engine;

public sealed class DetectionEngineTests : IAsyncLifetime
{
    private static readonly FrameFormat Format = new(320, 240, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);
    private static readonly StreamDetectionOptions Often = new() { Fps = 60, Cadence = CadenceMode.Fixed };

    // Long enough for the busiest machine; a test that passes never waits for it.
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(120));
    private readonly DetectionFeed _feed = new();
    private readonly Channel<FrameDetections> _results = Channel.CreateUnbounded<FrameDetections>();
    private readonly DetectionEngine _engine;
    private readonly DetectorModel _model;
    private readonly DetectorPool _detectors;

    public DetectionEngineTests()
    {
        _model = DetectorModel.Load(Media.Path("models", "yolox-nano-416-fp32.onnx"));
        _detectors = new DetectorPool(_model, TimeProvider.System);
        _feed.Subscribe(result => _results.Writer.TryWrite(result));
        _engine = new DetectionEngine(_feed, TimeProvider.System, NullLogger<DetectionEngine>.Instance, workers: 1);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _detectors.Dispose();
        _model.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task A_frame_that_is_published_comes_out_as_a_result_with_its_own_facts()
    {
        using var stream = Stream("live/a");
        using var attachment = _engine.Attach(stream, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        Publish(stream, session, pts: 90_000);

        var result = await NextAsync();

        Assert.Equal(stream.Name, result.Stream);
        Assert.Same(session, result.Session);
        Assert.Equal((1, 1, 1000.0, 320, 240, 0), (result.Sequence, result.FrameId, result.PtsMs, result.Width, result.Height, result.Dropped));
        Assert.Equal("yolox-nano-416-fp32", result.Model.Name);
        Assert.True(result.Latency.Inference > 0);
        Assert.True(result.Latency.Total >= result.Latency.Preprocess + result.Latency.Inference + result.Latency.Postprocess);
        Assert.Equal(80, _feed.Find(stream.Name)!.Model!.Labels.Count);
    }

    [Fact]
    public async Task The_books_balance_whatever_was_passed_over()
    {
        using var stream = Stream("live/a");
        var session = StreamSession.Start(TimeProvider.System);
        using (_engine.Attach(stream, _detectors, Often))
        {
            // A burst longer than the ring, then single frames, each awaited.
            for (var i = 0; i < 100; i++)
            {
                Publish(stream, session, i);
            }

            FrameDetections result;
            do
            {
                result = await NextAsync();
            }
            while (result.FrameId < 100);

            for (var i = 0; i < 5; i++)
            {
                Publish(stream, session, i);
                await NextAsync();
            }

            Publish(stream, session, 0);
        }

        var ledger = stream.Ledger;
        Assert.Equal(106, ledger.Decoded);
        Assert.Equal(0, ledger.Waiting());
        Assert.Equal(106, ledger.Analysed + ledger.DroppedInAll());
        Assert.True(ledger.Dropped(DropReason.Superseded) > 0);
    }

    [Fact]
    public async Task Sequence_starts_again_with_a_new_session_and_dropped_says_what_lies_between()
    {
        using var stream = Stream("live/a");
        using var attachment = _engine.Attach(stream, _detectors, Often);
        var first = StreamSession.Start(TimeProvider.System);
        Publish(stream, first, 0);
        Assert.Equal(1, (await NextAsync()).Sequence);
        Publish(stream, first, 1);
        Assert.Equal(2, (await NextAsync()).Sequence);

        stream.Ledger.CountDecoded();
        stream.Ledger.CountDropped(DropReason.Corrupt);
        Publish(stream, StreamSession.Start(TimeProvider.System), 2);
        var result = await NextAsync();
        Assert.Equal((1, 1), (result.Sequence, result.Dropped));
    }

    [Fact]
    public async Task Two_streams_that_ask_for_more_than_there_is_are_served_alike()
    {
        using var one = Stream("live/one");
        using var two = Stream("live/two");
        using var a = _engine.Attach(one, _detectors, Often);
        using var b = _engine.Attach(two, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        var served = new Dictionary<string, int> { ["live/one"] = 0, ["live/two"] = 0 };
        Publish(one, session, 0);
        Publish(two, session, 0);
        for (var i = 0; i < 40; i++)
        {
            var result = await NextAsync();
            served[result.Stream.Value]++;

            // There is always a newer frame for both, as when the engine is the bottleneck.
            Publish(one, session, i);
            Publish(two, session, i);
        }

        Assert.InRange(served["live/one"], 15, 25);
    }

    [Fact]
    public async Task A_model_that_fails_costs_its_own_stream_that_frame_and_nobody_else_anything()
    {
        using var broken = Stream("live/broken");
        using var healthy = Stream("live/healthy");
        var badModel = DetectorModel.Load(Media.Path("models", "yolox-nano-416-fp32.onnx"));
        using var badDetectors = new DetectorPool(badModel, TimeProvider.System);
        badModel.Dispose();
        var session = StreamSession.Start(TimeProvider.System);
        using var a = _engine.Attach(broken, badDetectors, Often);
        using var b = _engine.Attach(healthy, _detectors, Often);

        Publish(broken, session, 0);
        Publish(healthy, session, 0);
        Assert.Equal(healthy.Name, (await NextAsync()).Stream);
        Publish(healthy, session, 1);
        Assert.Equal(healthy.Name, (await NextAsync()).Stream);

        // The engine works in turn: by now the broken one's frame has had its turn.
        a.Dispose();
        Assert.Equal(1, broken.Ledger.Dropped(DropReason.InferenceFailed) + broken.Ledger.Dropped(DropReason.Stopped));
        Assert.Equal(0, broken.Ledger.Analysed);
        Assert.Equal(0, broken.Ledger.Waiting());
    }

    [Fact]
    public async Task Streams_that_are_due_together_are_analysed_side_by_side()
    {
        await using var engine = new DetectionEngine(_feed, TimeProvider.System, NullLogger<DetectionEngine>.Instance, workers: 2);
        using var held = Stream("live/held");
        using var other = Stream("live/other");
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        using var holder = _feed.Subscribe(result =>
        {
            if (result.Stream == held.Name)
            {
                entered.Release();
                release.Wait(_patience.Token);
            }
        });
        using var a = engine.Attach(held, _detectors, Often);
        using var b = engine.Attach(other, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        Publish(held, session, 0);
        await entered.WaitAsync(_patience.Token);
        Assert.Equal(held.Name, (await NextAsync()).Stream);
        for (var i = 1; i <= 3; i++)
        {
            // One thread is held by the first stream's result, whose next frame waits for it; the other serves on.
            Publish(held, session, i);
            Publish(other, session, i);
            var result = await NextAsync();
            Assert.Equal((other.Name, i), (result.Stream, (int)result.Sequence));
        }

        release.Set();
        var after = await NextAsync();
        Assert.Equal((held.Name, 2, 4), (after.Stream, (int)after.Sequence, (int)after.FrameId));
    }

    [Fact]
    public async Task An_engine_that_had_nothing_to_do_ends()
    {
        var engine = new DetectionEngine(_feed, TimeProvider.System, NullLogger<DetectionEngine>.Instance);
        await engine.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => engine.Attach(Stream("live/late"), _detectors, Often));
    }

    [Fact]
    public async Task A_subscriber_that_throws_does_not_stop_the_engine()
    {
        using var bad = _feed.Subscribe(_ => throw new InvalidOperationException("bad subscriber"));
        using var stream = Stream("live/a");
        using var attachment = _engine.Attach(stream, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        for (var i = 1; i <= 3; i++)
        {
            Publish(stream, session, i);
            Assert.Equal(i, (await NextAsync()).Sequence);
        }
    }

    [Fact]
    public async Task What_came_before_a_stream_was_attached_is_not_analysed()
    {
        using var stream = Stream("live/a");
        var session = StreamSession.Start(TimeProvider.System);
        Publish(stream, session, 0);
        Publish(stream, session, 1);
        using var attachment = _engine.Attach(stream, _detectors, Often);
        Publish(stream, session, 2);

        Assert.Equal(3, (await NextAsync()).FrameId);
        Assert.Equal(2, stream.Ledger.Dropped(DropReason.Stopped));
    }

    [Fact]
    public async Task A_detector_can_be_changed_while_frames_flow()
    {
        using var stream = Stream("live/a");
        var session = StreamSession.Start(TimeProvider.System);
        using (_engine.Attach(stream, _detectors, Often))
        {
            Publish(stream, session, 0);
            await NextAsync();
        }

        Publish(stream, session, 1);
        using (_engine.Attach(stream, _detectors, Often with { Fps = 30 }))
        {
            Publish(stream, session, 2);
            Assert.Equal(3, (await NextAsync()).FrameId);
        }

        Assert.Equal((3, 2, 1, 0), (stream.Ledger.Decoded, stream.Ledger.Analysed, stream.Ledger.Dropped(DropReason.Stopped), stream.Ledger.Waiting()));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_with_their_names()
    {
        using var stream = Stream("live/a");
        var e = Assert.Throws<ArgumentException>(() => _engine.Attach(stream, _detectors, new StreamDetectionOptions { Fps = 0, IdleFps = double.NaN }));
        Assert.Contains("Fps is 0", e.Message, StringComparison.Ordinal);
        Assert.Contains("IdleFps is NaN", e.Message, StringComparison.Ordinal);

        using var attachment = _engine.Attach(stream, _detectors, Often);
        Assert.Throws<ArgumentException>(() => attachment.Options = Often with { Fps = 1000 });
        Assert.Equal(60, attachment.Options.Fps);
    }

    [Fact]
    public async Task A_changed_scene_cuts_the_analysis_of_an_unchanged_one_short()
    {
        using var stream = Stream("live/a");
        var session = StreamSession.Start(TimeProvider.System);

        // A rate that any machine keeps up with: what is behind gives no way.
        using (var attachment = _engine.Attach(stream, _detectors, new StreamDetectionOptions { Fps = 2, Cadence = CadenceMode.Adaptive }))
        {
            // The same picture over and over; once its analysis has begun (it is taken: nothing waits), another picture comes.
            var interruptions = 0;
            for (var round = 0; round < 200 && interruptions == 0; round++)
            {
                var picture = round * 2;
                Publish(stream, session, picture);
                await NextAsync();
                var analysed = stream.Ledger.Analysed;
                Publish(stream, session, picture);
                while (stream.Ring.NewestId > attachment.TakenId)
                {
                    await Task.Yield();
                }

                Publish(stream, session, picture + 1);
                var result = await NextAsync();
                interruptions = result.FrameId == stream.Ring.NewestId ? 1 : 0;
                if (interruptions == 0)
                {
                    // The run was over before the picture changed.
                    await NextAsync();
                }
                else
                {
                    Assert.Equal(analysed + 1, stream.Ledger.Analysed);
                }
            }

            Assert.Equal(1, interruptions);
        }

        Assert.Equal(0, stream.Ledger.Waiting());
        Assert.Equal(stream.Ledger.Decoded, stream.Ledger.Analysed + stream.Ledger.DroppedInAll());
    }

    [Fact]
    public async Task A_changed_frame_that_is_taken_before_it_has_been_compared_gives_no_way()
    {
        using var stream = Stream("live/a");
        using var other = Stream("live/other");
        using var published = new SemaphoreSlim(0);
        using var compare = new ManualResetEventSlim(initialState: true);

        // Called before the engine's own watcher, in which frames are compared.
        using var before = stream.Ring.Watch(_ =>
        {
            published.Release();
            compare.Wait(_patience.Token);
        });
        using var clock = new HeldTime(_patience.Token);
        using var detectors = new DetectorPool(_model, clock);
        using var attachment = _engine.Attach(stream, detectors, new StreamDetectionOptions { Fps = 2, Cadence = CadenceMode.Adaptive });
        using var waker = _engine.Attach(other, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        for (var i = 1; i <= 2; i++)
        {
            Publish(stream, session, 0);
            await published.WaitAsync(_patience.Token);
            Assert.Equal(i, await NextIdOfAsync(stream));
        }

        clock.Go.Reset();
        compare.Reset();
        var ingest = Task.Run(
            () =>
            {
                // Each shows something else than the one before.
                Publish(stream, session, 1);
                Publish(stream, session, 2);
            },
            _patience.Token);
        await published.WaitAsync(_patience.Token);

        // Another stream's frame has the engine look round.
        Publish(other, session, 0);
        await clock.Held.WaitAsync(_patience.Token);
        Assert.Equal(3, attachment.TakenId);
        compare.Set();
        await ingest;
        clock.Go.Set();
        Assert.Equal(3, await NextIdOfAsync(stream));
        Assert.Equal(4, await NextIdOfAsync(stream));
    }

    [Fact]
    public async Task The_fixed_cadence_interrupts_nothing()
    {
        using var stream = Stream("live/a");
        using var attachment = _engine.Attach(stream, _detectors, Often);
        var session = StreamSession.Start(TimeProvider.System);
        Publish(stream, session, 0);
        await NextAsync();
        for (var i = 0; i < 10; i++)
        {
            Publish(stream, session, i);
            while (stream.Ring.NewestId > attachment.TakenId)
            {
                await Task.Yield();
            }

            var taken = stream.Ring.NewestId;
            Publish(stream, session, i + 1);
            Assert.Equal(taken, (await NextAsync()).FrameId);
            await NextAsync();
        }
    }

    private static LiveStream Stream(string name) => new(StreamName.Parse(name));

    private static void Publish(LiveStream stream, StreamSession session, long pts)
    {
        stream.Ledger.CountDecoded();
        Assert.True(stream.Ring.TryBeginWrite(Format, out var write));
        for (var plane = 0; plane < Format.PlaneCount; plane++)
        {
            write.Plane(plane).Fill((byte)(pts * 31));
        }

        var now = TimeProvider.System.GetTimestamp();
        stream.Ring.Publish(write, new FrameInfo(session, new MediaTime(pts, 1, 90_000), DateTimeOffset.UtcNow, ClockSource.Arrival, now, now, false));
    }

    private async Task<long> NextIdOfAsync(LiveStream stream)
    {
        while (true)
        {
            var result = await NextAsync();
            if (result.Stream == stream.Name)
            {
                return result.FrameId;
            }
        }
    }

    private async Task<FrameDetections> NextAsync() => await _results.Reader.ReadAsync(_patience.Token);
}
