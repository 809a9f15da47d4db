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
    public async Task A_wake_ends_the_wait_that_may_be_woken_and_leaves_its_timer_to_nobody()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var isWoken = false;
        var waited = Start(() => pause.WaitOrWake(TimeSpan.FromSeconds(5), out isWoken));
        await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        pause.Wake();
        Assert.True(await waited.WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(isWoken);

        waited = Start(() => pause.WaitOrWake(TimeSpan.FromSeconds(60), out isWoken));
        await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waited.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await waited.WaitAsync(TestContext.Current.CancellationToken));
        Assert.False(isWoken);
    }

    [Fact]
    public async Task A_wake_counts_for_the_next_wait_unless_it_is_forgotten_and_never_for_others()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        pause.Wake();
        var paced = Start(() => pause.Wait(TimeSpan.FromSeconds(1)));
        await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        Assert.False(paced.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await paced.WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(pause.WaitOrWake(TimeSpan.FromHours(1), out var isWoken));
        Assert.True(isWoken);

        pause.Wake();
        pause.ForgetWake();
        pause.Stop();
        Assert.False(pause.WaitOrWake(TimeSpan.FromHours(1), out isWoken));
        Assert.False(isWoken);
        pause.Dispose();
        pause.Wake();
    }

    [Fact]
    public void Waiting_allocates_nothing()
    {
        using var pause = new Pause(TimeProvider.System);
        Assert.Equal(0, SteadyState.Allocation(() => Assert.True(pause.Wait(TimeSpan.FromMilliseconds(1)))));
    }

    private static Task<bool> Start(Func<bool> wait) =>
        Task.Factory.StartNew(wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
