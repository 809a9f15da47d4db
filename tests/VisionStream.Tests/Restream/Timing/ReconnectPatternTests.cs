using VisionStream.Restream.Timing;

namespace VisionStream.Tests.Restream.Timing;

public sealed class ReconnectPatternTests
{
    [Fact]
    public void Waits_grow_to_the_longest_and_go_on_for_ever()
    {
        var waits = Enumerable.Range(1, 8).Select(i => ReconnectPattern.Forever.Before(i)!.Value.TotalSeconds);
        Assert.Equal([1, 1.5, 2.25, 3.375, 5.0625, 7.59375, 10, 10], waits);
        Assert.Equal(TimeSpan.FromSeconds(10), ReconnectPattern.Forever.Before(int.MaxValue));
    }

    [Fact]
    public void A_limited_pattern_ends()
    {
        var pattern = new ReconnectPattern { Attempts = 2 };
        Assert.NotNull(pattern.Before(2));
        Assert.Null(pattern.Before(3));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once() =>
        Assert.Equal(3, new ReconnectPattern { First = TimeSpan.Zero, Factor = 0.5, Attempts = 0 }.Validate().Count());
}
