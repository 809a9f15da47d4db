using VisionStream.Detector.Labels;
using VisionStream.Detector.Models;

namespace VisionStream.Tests.Detector.Models;

public sealed class OptionsTests
{
    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_the_names()
    {
        var options = new DetectionOptions { Confidence = float.NaN, Iou = 0, MaxDetections = 0, Classes = ["dgo", ""] };
        Assert.Null(options.Resolve(CocoLabels.Names, out var errors));
        Assert.Equal(["confidence", "iou", "max_detections", "classes", "classes"], errors.Select(e => e.Split(':')[0]));
        Assert.All(errors, e => Assert.EndsWith(".", e, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_Ultralytics()
    {
        var settings = new DetectionOptions().Resolve(CocoLabels.Names, out var errors);
        Assert.Empty(errors);
        Assert.Equal(DetectionSettings.Default, settings);
        Assert.Equal((0.25f, 0.7f, 300), (settings!.Confidence, settings.Iou, settings.MaxDetections));
    }

    [Fact]
    public void Inference_options_are_all_checked()
    {
        var errors = new InferenceOptions { Threads = -1, GraphOptimization = "some", ExecutionProvider = " " }.Validate();
        Assert.Equal(["inference.threads", "inference.graph_optimization", "inference.execution_provider"], errors.Select(e => e.Split(':')[0]));
        Assert.Empty(new InferenceOptions().Validate());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 1, 3)]
    [InlineData(1, 9, 1)]
    [InlineData(2, 9, 2)]
    [InlineData(64, 9, 8)]
    public void Threads_leave_one_of_many_cores_for_the_rest_unless_streams_need_them_all(int cores, int streams, int threads) =>
        Assert.Equal(threads, InferenceOptions.ThreadsFor(cores, streams));
}
