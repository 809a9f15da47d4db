using VisionStream.Core.Frames;

namespace VisionStream.Tests.Core.Frames;

public sealed class MediaTimeTests
{
    [Fact]
    public void Milliseconds_follow_the_time_base()
    {
        Assert.Equal(123400.0, new MediaTime(11_106_000, 1, 90_000).Milliseconds);
        Assert.Equal(-40.0, new MediaTime(-1, 1, 25).Milliseconds);
    }

    [Theory]
    [InlineData(1, 1, 25, 1, 90_000, 3600)]
    [InlineData(1001, 1, 30_000, 1, 1000, 33)]
    [InlineData(-1001, 1, 30_000, 1, 1000, -33)]
    [InlineData(3, 1, 2, 1, 1, 2)]
    [InlineData(long.MaxValue / 4, 1, 90_000, 1, 90_000, long.MaxValue / 4)]
    public void Another_time_base_is_rounded_to_the_nearest(long value, int num, int den, int toNum, int toDen, long expected) =>
        Assert.Equal(expected, new MediaTime(value, num, den).In(toNum, toDen));
}
