using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Restream.Drawing;
using VisionStream.Restream.Prediction;

namespace VisionStream.Tests.Restream.Prediction;

public sealed class MotionPredictionTests
{
    private static readonly StreamSession Session = new("01JDA", DateTimeOffset.UnixEpoch);

    private readonly MotionPrediction _prediction = new();
    private readonly Annotation[] _boxes = new Annotation[MotionPrediction.MaxBoxes];

    [Fact]
    public void Nothing_is_predicted_before_the_first_result() => Assert.Equal(0, _prediction.Predict(0, _boxes));

    [Fact]
    public void An_object_seen_once_stays_where_it_was()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        Assert.Equal(1, _prediction.Predict(200, _boxes));
        Assert.Equal(100, _boxes[0].Box.X);
    }

    [Fact]
    public void A_box_goes_on_at_the_speed_it_had()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100, At(110)));
        Assert.Equal(1, _prediction.Predict(200, _boxes));
        Assert.Equal(120, _boxes[0].Box.X, 0.01);
        Assert.Equal(1, _boxes[0].Opacity);
    }

    [Fact]
    public void Steady_motion_is_predicted_to_a_fraction_of_a_pixel_however_long_it_lasts()
    {
        for (var i = 0; i < 30; i++)
        {
            _prediction.Observe(Result(i + 1, i * 100, At(20 + (i * 7))));
        }

        _prediction.Predict(2900 + 66.7, _boxes);
        Assert.Equal(20 + (29 * 7) + 4.67, _boxes[0].Box.X, 0.1);
    }

    [Fact]
    public void A_picture_older_than_the_result_gets_the_box_where_it_was_then()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100, At(110)));
        _prediction.Predict(50, _boxes);
        Assert.Equal(105, _boxes[0].Box.X, 0.01);
    }

    [Fact]
    public void Without_new_results_a_box_stops_then_fades_then_goes()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100, At(110)));
        _prediction.Predict(100 + 300, _boxes);
        Assert.Equal((140f, 1f), (MathF.Round(_boxes[0].Box.X, 2), _boxes[0].Opacity));
        _prediction.Predict(100 + 650, _boxes);
        Assert.Equal(140, _boxes[0].Box.X, 0.01);
        Assert.Equal(0.5, _boxes[0].Opacity, 0.01);
        Assert.Equal(0, _prediction.Predict(100 + 1001, _boxes));
    }

    [Fact]
    public void A_slow_detection_rate_does_not_make_boxes_flicker()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 1000, At(100)));
        _prediction.Predict(2000, _boxes);
        Assert.Equal(1, _boxes[0].Opacity);
    }

    [Fact]
    public void Boxes_are_paired_by_class_and_place()
    {
        _prediction.Observe(Result(1, 0, At(100), At(300), At(105, classId: 5)));
        _prediction.Observe(Result(2, 100, At(310), At(95, classId: 5), At(110)));
        _prediction.Predict(200, _boxes);
        Assert.Equal([320f, 85f, 120f], _boxes[..3].Select(b => MathF.Round(b.Box.X, 2)));
    }

    [Fact]
    public void A_fast_object_is_followed_though_its_boxes_do_not_overlap()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100, At(145)));
        _prediction.Predict(200, _boxes);
        Assert.Equal(190, _boxes[0].Box.X, 0.01);
    }

    [Fact]
    public void An_object_that_appears_far_away_is_a_new_one()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100, At(400)));
        _prediction.Predict(200, _boxes);
        Assert.Equal(400, _boxes[0].Box.X);
    }

    [Fact]
    public void Track_ids_outweigh_place()
    {
        _prediction.Observe(Result(1, 0, At(100, track: 1), At(120, track: 2)));
        _prediction.Observe(Result(2, 100, At(120, track: 1), At(100, track: 2)));
        _prediction.Predict(150, _boxes);
        Assert.Equal([130f, 90f], _boxes[..2].Select(b => MathF.Round(b.Box.X, 2)));
    }

    [Fact]
    public void A_new_session_starts_from_rest_even_if_its_clock_goes_back()
    {
        _prediction.Observe(Result(1, 50_000, At(100)));
        _prediction.Observe(Result(2, 50_100, At(110)));
        _prediction.Observe(Result(1, 0, At(120)) with { Session = new StreamSession("01JDB", DateTimeOffset.UnixEpoch) });
        Assert.Equal(1, _prediction.Predict(100, _boxes));
        Assert.Equal(120, _boxes[0].Box.X);
    }

    [Fact]
    public void An_empty_result_takes_the_boxes_away()
    {
        _prediction.Observe(Result(1, 0, At(100)));
        _prediction.Observe(Result(2, 100));
        Assert.Equal(0, _prediction.Predict(110, _boxes));
    }

    [Fact]
    public void More_objects_than_there_is_room_for_are_cut_to_the_surest()
    {
        var many = Enumerable.Range(0, 500).Select(i => At(i * 3)).ToArray();
        _prediction.Observe(Result(1, 0, many));
        _prediction.Observe(Result(2, 100, many));
        Assert.Equal(MotionPrediction.MaxBoxes, _prediction.Predict(100, _boxes));
    }

    [Fact]
    public void Observing_and_predicting_allocates_nothing()
    {
        var results = Enumerable.Range(0, 20).Select(i => Result(i + 1, i * 100, At(i * 5), At(300 - (i * 5)))).ToArray();
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            foreach (var result in results)
            {
                _prediction.Observe(result);
                _prediction.Predict(result.PtsMs + 30, _boxes);
            }
        }));
    }

    private static Detection At(float x, int classId = 0, int? track = null) =>
        new(classId, "thing", 0.9f, new BoundingBox(x, 50, 40, 60), track);

    private static FrameDetections Result(long sequence, double ptsMs, params Detection[] detections) => new()
    {
        Stream = StreamName.Parse("live/a"),
        Session = Session,
        Sequence = sequence,
        FrameId = sequence,
        PtsMs = ptsMs,
        Width = 640,
        Height = 360,
        IngestedAt = DateTimeOffset.UnixEpoch,
        Clock = ClockSource.Arrival,
        Latency = default,
        Model = new ModelInfo("m", ["thing"]),
        Dropped = 0,
        Detections = detections,
    };
}
