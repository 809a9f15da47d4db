using VisionStream.Core.Detections;

namespace VisionStream.Tests.Core.Detections;

public sealed class BoundingBoxTests
{
    [Theory]
    [InlineData(0, 0, 10, 10, 1f)]
    [InlineData(5, 0, 10, 10, 1f / 3)]
    [InlineData(10, 0, 10, 10, 0f)]
    [InlineData(2, 2, 5, 5, 0.25f)]
    [InlineData(20, 20, 0, 0, 0f)]
    public void Iou_is_intersection_over_union(float x, float y, float w, float h, float expected)
    {
        var a = new BoundingBox(0, 0, 10, 10);
        var b = new BoundingBox(x, y, w, h);

        Assert.Equal(expected, a.Iou(b), 6);
        Assert.Equal(a.Iou(b), b.Iou(a));
    }

    [Fact]
    public void Two_empty_boxes_do_not_overlap() => Assert.Equal(0, default(BoundingBox).Iou(default));
}
