using VisionStream.Core.Frames;
using VisionStream.Detector.Cadence;

namespace VisionStream.Tests.Detector.Cadence;

public sealed class SceneWatchTests
{
    private const byte Still = 100;
    private const byte Other = 100 + (int)SceneWatch.Threshold;

    private readonly SceneWatch _scene = new();

    [Fact]
    public void The_first_frame_shows_something_new()
    {
        Assert.True(_scene.Changed);
        Assert.True(Look(Still));
        Assert.True(_scene.Changed);
    }

    [Fact]
    public void A_frame_is_compared_with_the_last_analysed_one_and_not_with_the_last()
    {
        Look(Still);
        Remember(Still);
        Assert.False(_scene.Changed);

        // By steps that are too small each, further and further away.
        Assert.False(Look(Still + 3));
        Assert.False(_scene.Changed);
        Assert.True(Look(Still + 6));
        Assert.True(_scene.Changed);
        Assert.False(Look(Still));
        Assert.False(_scene.Changed);
    }

    [Fact]
    public void What_is_analysed_is_not_new_any_more()
    {
        Look(Still);
        Remember(Still);
        Look(Other);
        Assert.True(Remember(Other));
        Assert.False(_scene.Changed);
        Assert.False(Look(Other));
        Assert.True(Look(Still));
    }

    [Fact]
    public void A_frame_that_is_analysed_before_it_was_looked_at_is_compared_all_the_same()
    {
        Look(Still);
        Remember(Still);
        Look(Still);

        // What the ingest thread has looked at last is the frame before this one.
        Assert.False(_scene.Changed);
        Assert.True(Remember(Other));
        Assert.False(Look(Other));
        Assert.False(Remember(Other));
    }

    [Fact]
    public void An_analysis_that_was_cut_short_leaves_the_frame_before_to_compare_with()
    {
        Look(Still);
        Remember(Still);
        Look(Still + 3);
        Assert.False(Remember(Still + 3));
        Assert.False(Look(Still + 6));
        _scene.Forget();

        // Three steps from what was given up and six from what was analysed.
        Assert.True(_scene.Changed);
        Assert.True(Remember(Still + 6));
        Assert.False(_scene.Changed);
    }

    [Fact]
    public void A_first_analysis_that_was_cut_short_leaves_everything_new()
    {
        Look(Still);
        Remember(Still);
        _scene.Forget();
        Assert.True(_scene.Changed);
        Assert.True(Look(Still));
    }

    [Fact]
    public void Another_size_shows_something_new()
    {
        Look(Still);
        Remember(Still);
        using var larger = Frame(Still, 72);
        Assert.True(_scene.Look(larger.Frame));
    }

    [Fact]
    public void Watching_allocates_nothing()
    {
        using var still = Frame(Still);
        using var other = Frame(Other);
        Assert.Equal(0, SteadyState.Allocation(() =>
        {
            _scene.Look(still.Frame);
            _scene.Remember(still.Frame);
            _scene.Look(other.Frame);
            _scene.Forget();
        }));
    }

    private static TestFrame Frame(int luma, int height = 36) =>
        TestFrame.Uniform(new FrameFormat(64, height, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full), (byte)luma, 128, 128);

    private bool Look(int luma)
    {
        using var frame = Frame(luma);
        return _scene.Look(frame.Frame);
    }

    private bool Remember(int luma)
    {
        using var frame = Frame(luma);
        return _scene.Remember(frame.Frame);
    }
}
