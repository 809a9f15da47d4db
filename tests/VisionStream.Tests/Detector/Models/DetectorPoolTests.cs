using VisionStream.Detector.Models;

namespace VisionStream.Tests.Detector.Models;

public sealed class DetectorPoolTests
{
    [Fact]
    public void Detectors_are_made_for_those_at_work_at_once_and_kept()
    {
        using var model = DetectorModel.Load(Media.Path("models", "yolox-nano-416-fp32.onnx"));
        using var pool = new DetectorPool(model, TimeProvider.System);
        var one = pool.Rent();
        var two = pool.Rent();
        Assert.NotSame(one, two);
        pool.Return(one);
        Assert.Same(one, pool.Rent());
        Assert.Same(model, pool.Model);
        pool.Return(one);
        pool.Return(two);
    }

    [Fact]
    public void A_detector_that_is_still_out_when_the_pool_goes_is_disposed_with_its_return()
    {
        using var model = DetectorModel.Load(Media.Path("models", "yolox-nano-416-fp32.onnx"));
        var pool = new DetectorPool(model, TimeProvider.System);
        var detector = pool.Rent();
        pool.Dispose();
        pool.Return(detector);
        Assert.Throws<ObjectDisposedException>(() => pool.Rent());
        Assert.Throws<ObjectDisposedException>(() => detector.Interrupt());
    }
}
