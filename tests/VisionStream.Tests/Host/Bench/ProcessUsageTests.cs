using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class ProcessUsageTests
{
    [Fact]
    public void Fields_are_counted_from_behind_a_name_that_holds_anything()
    {
        var usage = ProcessUsage.Parse(
            "4711 (a) b (c)) S 1 4711 4711 0 -1 4194560 100 0 0 0 250 75 0 0 20 0 9 0 12345 104857600 2560 18446744073709551615 1 1 0");
        Assert.Equal(new ProcessUsage(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.75), 2560 * 4096), usage);
    }

    [Fact]
    public void This_process_uses_something()
    {
        var usage = ProcessUsage.Of(Environment.ProcessId);
        Assert.True(usage.User > TimeSpan.Zero);
        Assert.InRange(usage.ResidentBytes, 10_000_000, long.MaxValue);
    }
}
