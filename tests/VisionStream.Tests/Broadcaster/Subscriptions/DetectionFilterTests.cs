using VisionStream.Broadcaster.Subscriptions;

namespace VisionStream.Tests.Broadcaster.Subscriptions;

public sealed class DetectionFilterTests
{
    [Fact]
    public void Filters_that_ask_for_the_same_are_equal()
    {
        var one = new DetectionFilter(["person", "Dog", "dog"], 0.5f);
        var other = new DetectionFilter(["DOG", "Person"], 0.5f);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new DetectionFilter(["dog", "person"], 0.51f));
        Assert.NotEqual(one, new DetectionFilter(["dog"], 0.5f));
        Assert.Equal(DetectionFilter.All, new DetectionFilter([], 0));
    }

    [Fact]
    public void The_least_confidence_itself_passes()
    {
        var filter = new DetectionFilter([], 0.4f);
        Assert.True(filter.Passes(Samples.Dog));
        Assert.False(filter.Passes(Samples.Dog with { Confidence = 0.39f }));
        Assert.False(filter.Passes(Samples.Dog with { Confidence = float.NaN }));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_confidence_outside_its_range_is_refused(float confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectionFilter([], confidence));
}
