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
    public void Recovery_is_added_to_every_wait_and_does_not_grow()
    {
        var pattern = new ReconnectPattern { Recovery = TimeSpan.FromSeconds(3), Longest = TimeSpan.FromSeconds(2) };
        Assert.Equal([4, 4.5, 5, 5], Enumerable.Range(1, 4).Select(i => pattern.Before(i)!.Value.TotalSeconds));
    }

    [Fact]
    public void Everything_wrong_is_said_at_once() =>
        Assert.Equal(4, new ReconnectPattern { First = TimeSpan.Zero, Recovery = TimeSpan.FromSeconds(-1), Factor = 0.5, Attempts = 0 }.Validate().Count());
}
