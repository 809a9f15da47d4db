using VisionStream.Ingest.Retries;

namespace VisionStream.Tests.Ingest.Retries;

public sealed class PauseTests
{
    [Fact]
    public async Task A_wait_lasts_as_long_as_the_clock_says()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var waited = Task.Factory.StartNew(() => pause.Wait(TimeSpan.FromSeconds(5)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(waited.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await waited.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stopping_ends_the_wait_and_all_later_ones()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var waited = Task.Factory.StartNew(() => pause.Wait(TimeSpan.FromHours(5)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        pause.Stop();
        Assert.False(await waited.WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(pause.IsStopped);
        Assert.False(pause.Wait(TimeSpan.FromHours(5)));
        Assert.False(pause.Wait(TimeSpan.Zero));
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        using var pause = new Pause(TimeProvider.System);
        Assert.True(pause.Wait(TimeSpan.FromMilliseconds(1)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(pause.Wait(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
