using VisionStream.Core.Frames;
using VisionStream.Detector.Engine;
using VisionStream.Detector.Models;
using VisionStream.Tests.Detector.Models;
using VisionStream.Tests.OnnxRuntime;

namespace VisionStream.Tests.Detector.Engine;

public sealed class RightOfWayTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestFrame _frame = TestFrame.Uniform(new FrameFormat(64, 64, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Full), 0, 128, 128);
    private readonly DetectorModel _model;
    private readonly FrameDetector _detector;
    private readonly RightOfWay _way = new();

    public RightOfWayTests()
    {
        NativeOnnxRuntime.Require();
        _model = DetectorModel.Load(new TinyModel { Shape = [1, 6, 84], Values = new float[6 * 84] }.Save(_folder.File("tiny.onnx")));
        _detector = new FrameDetector(_model, TimeProvider.System);
    }

    public void Dispose()
    {
        _detector.Dispose();
        _model.Dispose();
        _frame.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_newer_frame_that_shows_something_new_ends_the_analysis()
    {
        _way.Begin(_detector, frame: 7, gives: true);
        Assert.False(IsInterrupted());
        _way.Claim(8);
        Assert.True(IsInterrupted());
    }

    [Fact]
    public void A_frame_does_not_cut_short_its_own_analysis()
    {
        _way.Begin(_detector, frame: 7, gives: true);
        _way.Claim(7);
        Assert.False(IsInterrupted());
        _way.Claim(8);
        Assert.True(IsInterrupted());
    }

    [Fact]
    public void A_claim_that_was_made_before_the_analysis_began_counts()
    {
        _way.Claim(8);
        _way.Begin(_detector, frame: 7, gives: true);
        Assert.True(IsInterrupted());
    }

    [Fact]
    public void A_claim_of_the_frame_itself_or_of_an_older_one_is_settled_when_its_analysis_begins()
    {
        _way.Claim(7);
        _way.Begin(_detector, frame: 7, gives: true);
        Assert.False(IsInterrupted());
        _way.End(_detector);
        _way.Begin(_detector, frame: 9, gives: true);
        Assert.False(IsInterrupted());
    }

    [Fact]
    public void What_does_not_give_way_is_finished_whoever_claims()
    {
        _way.Claim(8);
        _way.Begin(_detector, frame: 7, gives: false);
        _way.Claim(9);
        Assert.False(IsInterrupted());
    }

    [Fact]
    public void A_detector_can_be_used_again_when_the_analysis_is_over()
    {
        _way.Begin(_detector, frame: 7, gives: true);
        _way.Claim(8);
        _way.End(_detector);
        Assert.False(IsInterrupted());

        // Nobody's detector is interrupted by what comes between two analyses.
        _way.Claim(9);
        Assert.False(IsInterrupted());
    }

    private bool IsInterrupted() => _detector.TryDetect(_frame.Frame, DetectionSettings.Default, out _) is null;
}
