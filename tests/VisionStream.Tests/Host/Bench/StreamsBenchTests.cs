using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class StreamsBenchTests
{
    [Theory]
    [InlineData(0, 32)]
    [InlineData(1, 32)]
    [InlineData(7, 32)]
    [InlineData(8, 32)]
    [InlineData(31, 32)]
    [InlineData(40, 32)]
    [InlineData(5, 6)]
    [InlineData(1, 1)]
    public async Task The_search_finds_the_largest_number_that_holds_and_tries_none_twice(int capacity, int most)
    {
        var tried = new List<int>();
        var found = await StreamsBench.SearchAsync(most, n =>
        {
            tried.Add(n);
            return Task.FromResult(n <= capacity);
        });

        Assert.Equal(Math.Min(capacity, most), found);
        Assert.Equal(tried.Distinct(), tried);
        Assert.All(tried, n => Assert.InRange(n, 1, most));
    }

    [Theory]
    [InlineData(9.95, 30.0, true)]
    [InlineData(9.5, 30.0, false)]
    [InlineData(10.0, 27.0, false)]
    public void A_step_holds_when_every_stream_has_its_detections_and_its_frames(double least, double decoded, bool holds) =>
        Assert.Equal(holds, new StreamsStep(3, least, 10, decoded, 1.2, 1 << 28).Holds);

    [Theory]
    [InlineData(2, 40, 300, 3.33)]
    [InlineData(8, 400, 600, 32)]
    public void The_floor_adds_what_a_stream_takes_of_the_machine(int cores, double analyses, double frames, double streams) =>
        Assert.Equal(streams, new StreamsFloor(cores, analyses, frames).Streams, tolerance: 0.01);
}
