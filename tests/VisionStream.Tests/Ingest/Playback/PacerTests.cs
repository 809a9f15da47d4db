using VisionStream.Ingest.Playback;
using VisionStream.Ingest.Retries;

namespace VisionStream.Tests.Ingest.Playback;

public sealed class PacerTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(40);

    [Fact]
    public void Packets_that_are_due_do_not_wait()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var pacer = new Pacer(time, pause);
        Assert.True(pacer.WaitFor(TimeSpan.FromSeconds(100)));
        time.Advance(Step);
        Assert.True(pacer.WaitFor(TimeSpan.FromSeconds(100) + Step));
        time.Advance(Step * 3);
        Assert.True(pacer.WaitFor(TimeSpan.FromSeconds(100) + (Step * 2)));
        Assert.True(pacer.WaitFor(TimeSpan.FromSeconds(100) + (Step * 4)));
    }

    [Fact]
    public async Task A_file_that_begins_again_goes_on_a_step_after_its_end()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var pacer = new Pacer(time, pause);
        Assert.True(pacer.WaitFor(TimeSpan.Zero));
        time.Advance(Step);
        Assert.True(pacer.WaitFor(Step));
        pacer.Rewind();
        Assert.Equal(Step, await WaitOf(pacer, time, TimeSpan.Zero));
        Assert.Equal(Step, await WaitOf(pacer, time, Step));
    }

    [Fact]
    public async Task A_late_reader_does_not_rush_after_the_clock()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var pacer = new Pacer(time, pause);
        Assert.True(pacer.WaitFor(TimeSpan.Zero));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(pacer.WaitFor(Step));
        Assert.Equal(Step, await WaitOf(pacer, time, Step * 2));
    }

    [Fact]
    public async Task A_jump_of_the_time_line_is_no_wait()
    {
        var time = new ManualTime();
        using var pause = new Pause(time);
        var pacer = new Pacer(time, pause);
        Assert.True(pacer.WaitFor(TimeSpan.Zero));
        Assert.True(pacer.WaitFor(TimeSpan.FromHours(26)));
        Assert.Equal(Step, await WaitOf(pacer, time, TimeSpan.FromHours(26) + Step));
        Assert.True(pacer.WaitFor(TimeSpan.Zero));
    }

    private static async Task<TimeSpan> WaitOf(Pacer pacer, ManualTime time, TimeSpan position)
    {
        var waiting = Task.Factory.StartNew(() => pacer.WaitFor(position), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var wait = await time.UntilTimerIsSet(TestContext.Current.CancellationToken);
        time.Advance(wait);
        Assert.True(await waiting.WaitAsync(TestContext.Current.CancellationToken));
        return wait;
    }
}
