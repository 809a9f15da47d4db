using VisionStream.Broadcaster.Client;

namespace VisionStream.Tests.Broadcaster.Client;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void It_doubles_up_to_the_longest_and_begins_anew_after_a_success()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10), new Random(1));
        foreach (var full in new[] { 0.5, 1, 2, 4, 8, 10, 10, 10 })
        {
            Assert.InRange(delay.Next().TotalSeconds, full * 2 / 3, full);
        }

        delay.Reset();
        Assert.InRange(delay.Next().TotalSeconds, 0.5 * 2 / 3, 0.5);
    }
}
