using VisionStream.Detector.Cadence;

namespace VisionStream.Tests.Detector.Cadence;

public sealed class AnalysisBudgetTests
{
    // Odd on purpose: nothing may take a timestamp for a round number of anything.
    private const long Frequency = 7_654_321;

    [Theory]
    [InlineData(CadenceMode.Adaptive, 30, false)]
    [InlineData(CadenceMode.Adaptive, 30, true)]
    [InlineData(CadenceMode.Adaptive, 25, false)]
    [InlineData(CadenceMode.Adaptive, 25, true)]
    [InlineData(CadenceMode.Adaptive, 15, false)]
    [InlineData(CadenceMode.Adaptive, 15, true)]
    [InlineData(CadenceMode.Fixed, 25, true)]
    [InlineData(CadenceMode.Fixed, 24, false)]
    [InlineData(CadenceMode.Gated, 30, true)]
    public void The_set_rate_is_held_and_never_exceeded(CadenceMode mode, double sourceFps, bool moving)
    {
        var times = Simulate(mode, sourceFps, seconds: 60, _ => moving);

        Assert.InRange(times.Count / 60.0, 9.9, 10.1);
        AssertNeverAbove(times, 10);
    }

    [Fact]
    public void A_source_slower_than_the_rate_is_analysed_frame_by_frame() =>
        Assert.Equal(301, Simulate(CadenceMode.Adaptive, 5, seconds: 60, _ => false).Count);

    [Fact]
    public void A_change_in_a_still_scene_is_analysed_with_its_first_frame()
    {
        // Changes every 2.37 s, for one frame, at all phases of the tick.
        bool Changed(double t) => t > 1 && t % 2.37 < 1 / 30.0;
        var times = Simulate(CadenceMode.Adaptive, 30, seconds: 60, Changed);
        var frames = Enumerable.Range(0, 60 * 30).Select(i => i / 30.0).Where(Changed).ToArray();

        Assert.All(frames, frame => Assert.Contains(times, t => Math.Abs(t - frame) < 1e-3));
        Assert.InRange(times.Count / 60.0, 9.9, 10.1);
        AssertNeverAbove(times, 10);
    }

    [Fact]
    public void Whether_it_is_behind_follows_from_how_late_the_last_analyses_were()
    {
        var budget = new AnalysisBudget(CadenceMode.Adaptive, 10, 1, Frequency, now: 0);
        var interval = Frequency / 10;
        budget.Spend(0);
        Assert.False(budget.IsBehind(budget.DueAt(changed: false, now: 0)));

        // Due after one interval; a wait of less than three quarters of an interval more is what frames cost, a longer one is lateness.
        Assert.False(budget.IsBehind(interval + (interval * 7 / 10)));
        Assert.True(budget.IsBehind(interval + (interval * 8 / 10)));
        budget.Spend(interval + (interval * 8 / 10));
        Assert.False(budget.IsBehind(interval * 2));
    }

    [Fact]
    public void An_analysis_that_was_cut_short_costs_no_token()
    {
        var budget = new AnalysisBudget(CadenceMode.Adaptive, 10, 1, Frequency, now: 0);
        budget.Spend(0);
        budget.Refund();

        Assert.InRange(budget.DueAt(changed: true, now: 0), long.MinValue, 0);
        Assert.InRange(budget.DueAt(changed: false, now: 0), long.MinValue, 0);
    }

    [Fact]
    public void An_analysis_that_was_cut_short_costs_no_turn()
    {
        var budget = new AnalysisBudget(CadenceMode.Adaptive, 10, 1, Frequency, now: 0);
        budget.Spend(0);
        var due = budget.NominalDue(changed: true);
        budget.Spend(Frequency);
        Assert.True(budget.NominalDue(changed: true) > due);
        budget.Refund();
        Assert.Equal(due, budget.NominalDue(changed: true));
    }

    [Fact]
    public void Idle_scenes_leave_the_active_ones_their_share()
    {
        // An engine of 20 analyses a second, 20 idle scenes that ask for one each, 2 active ones that ask for 10 each: when all are
        // served equally late, 0.31 s, the active ones get 2.4 a second each and the idle ones 0.76.
        const int Idle = 20, Active = 2, Seconds = 60;
        var budgets = Enumerable.Range(0, Idle + Active).Select(_ => new AnalysisBudget(CadenceMode.Gated, 10, 1, Frequency, 0)).ToArray();
        var served = new int[budgets.Length];
        for (var i = 0; i < Seconds * 20; i++)
        {
            var now = i * Frequency / 20;
            var due = Enumerable.Range(0, budgets.Length).Where(s => budgets[s].DueAt(s >= Idle, now) <= now).ToArray();
            if (due.Length > 0)
            {
                var next = due.MinBy(s => budgets[s].NominalDue(s >= Idle));
                budgets[next].Spend(now);
                served[next]++;
            }
        }

        Assert.All(served[Idle..], count => Assert.InRange(count / (double)Seconds, 2.2, 2.7));
        Assert.All(served[..Idle], count => Assert.InRange(count / (double)Seconds, 0.7, 0.85));
    }

    [Fact]
    public void With_a_plain_timer_a_change_waits_for_its_tick()
    {
        bool Changed(double t) => t % 2.37 < 1 / 30.0;

        Assert.Equal(Simulate(CadenceMode.Fixed, 30, 60, _ => false), Simulate(CadenceMode.Fixed, 30, 60, Changed));
    }

    [Fact]
    public void Gated_an_unchanged_scene_falls_to_the_idle_rate_and_a_change_wakes_it_at_once()
    {
        var times = Simulate(CadenceMode.Gated, 30, seconds: 60, t => t is > 30 and < 40);

        Assert.InRange(times.Count(t => t < 30) / 30.0, 0.9, 1.1);
        Assert.InRange(times.Count(t => t is > 30 and < 40) / 10.0, 9.9, 10.3);
        Assert.InRange(times.Count(t => t > 40) / 20.0, 0.9, 1.1);
        Assert.Contains(times, t => t is > 30 and < 30.04);
    }

    [Fact]
    public void What_is_not_due_says_when_it_will_be()
    {
        var budget = new AnalysisBudget(CadenceMode.Fixed, 10, 1, Frequency, 0);
        budget.Spend(0);

        var due = budget.DueAt(changed: true, 0);
        Assert.InRange(due / (double)Frequency, 0.0999, 0.1001);
        Assert.True(budget.DueAt(changed: true, due - 10) > due - 10);
        Assert.True(budget.DueAt(changed: true, due) <= due);
    }

    [Fact]
    public void A_stream_that_waits_falls_further_and_further_behind()
    {
        var fast = new AnalysisBudget(CadenceMode.Adaptive, 10, 1, Frequency, 0);
        var slow = new AnalysisBudget(CadenceMode.Adaptive, 1, 1, Frequency, 0);
        Assert.Equal(long.MinValue, fast.NominalDue(changed: true));
        slow.Spend(0);
        fast.Spend(Frequency / 2);

        // The fast one is nominally due 0.1 s after 0.5 s, the slow one 1 s after 0.
        Assert.True(fast.NominalDue(changed: true) < slow.NominalDue(changed: true));
        fast.Spend(Frequency);
        Assert.True(slow.NominalDue(changed: true) < fast.NominalDue(changed: true));
    }

    private static List<double> Simulate(CadenceMode mode, double sourceFps, int seconds, Func<double, bool> changed)
    {
        var budget = new AnalysisBudget(mode, 10, 1, Frequency, 0);
        var times = new List<double>();
        for (var i = 0; i <= seconds * sourceFps; i++)
        {
            var frameAt = (long)(i / sourceFps * Frequency);
            var nextFrameAt = (long)((i + 1) / sourceFps * Frequency);
            var due = budget.DueAt(changed(i / sourceFps), frameAt);

            // The engine sleeps until then, unless a newer frame comes first.
            if (due < nextFrameAt)
            {
                var at = Math.Max(due, frameAt);
                budget.Spend(at);
                times.Add(at / (double)Frequency);
            }
        }

        return times;
    }

    private static void AssertNeverAbove(List<double> times, double rate)
    {
        // In any window: at most what the rate gives, plus the two tokens that the bucket may hold beyond the one being spent.
        for (var from = 0; from < times.Count; from++)
        {
            for (var to = from; to < Math.Min(times.Count, from + 50); to++)
            {
                Assert.True(to - from <= ((times[to] - times[from]) * rate) + 2 + 1e-6, $"{to - from} in {times[to] - times[from]} s");
            }
        }
    }
}
