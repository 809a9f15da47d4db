using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Targets;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Publish;

/// <summary>The persistence of smart glasses whose server is gone, by a clock that the test moves.</summary>
public sealed class GlassesReconnectTests
{
    // One second that grows by half each time, and a second of the glasses' library beside it.
    private static readonly double[] Waits = [2, 2.5, 3.25, 4.375, 6.0625, 8.59375, 12.390625, 18.0859375, 26.62890625, 39.443359375];

    [Fact]
    public async Task Glasses_without_a_server_try_ten_times_with_growing_waits_and_then_give_up()
    {
        var time = new ManualTime();
        var told = new ConcurrentQueue<PublishProgress>();
        var options = new GlassesOptions { Target = TargetUrl.Parse("rtmp://127.0.0.1:1/live/glasses") }.ToPublishOptions();
        var cancel = TestContext.Current.CancellationToken;
        var run = new Publisher(NullLogger.Instance, time).RunAsync(options, new Told<PublishProgress>(told.Enqueue), cancel);
        foreach (var wait in Waits)
        {
            // Nothing else of a publisher without a server sets a timer of this clock to such a time.
            TimeSpan set;
            do
            {
                var next = time.UntilTimerIsSet(cancel).AsTask();
                Assert.True(await Task.WhenAny(run, next) == next, $"It ended early: {told.LastOrDefault()?.Notice}");
                set = await next;
            }
            while (Math.Abs(set.TotalSeconds - wait) > 0.001);

            // The clock counts microseconds, and some waits end between two of them.
            time.Advance(set + TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(PublishResult.TargetFailed, await run);
        Assert.Equal(Waits.Length, told.Last().Reconnects);
        Assert.Contains("Given up after 10 attempts", told.Last().Notice, StringComparison.Ordinal);
        var said = told.Select(p => p.Notice).Where(n => n?.Contains("Trying again", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(Waits.Length, said.Count);
        Assert.All(said.Zip(Waits), s => Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Trying again in {s.Second:0.0} s."), s.First, StringComparison.Ordinal));
    }
}
