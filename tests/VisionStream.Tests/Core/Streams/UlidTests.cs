using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Streams;

public sealed class UlidTests
{
    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void The_time_part_is_the_one_of_the_specification()
    {
        // The specification's own example: 1469918176385 ms is 01ARYZ6S41.
        var ulid = Ulid.Create(new Clock(DateTimeOffset.FromUnixTimeMilliseconds(1469918176385)));

        Assert.Equal(26, ulid.Length);
        Assert.StartsWith("01ARYZ6S41", ulid, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", ulid);
    }

    [Fact]
    public void Later_ones_sort_after_earlier_ones()
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        var ids = Enumerable.Range(0, 100).Select(i => Ulid.Create(new Clock(start.AddMilliseconds(i)))).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
