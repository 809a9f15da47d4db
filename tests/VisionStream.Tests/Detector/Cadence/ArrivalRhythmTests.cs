using VisionStream.Detector.Cadence;

namespace VisionStream.Tests.Detector.Cadence;

public sealed class ArrivalRhythmTests
{
    // Odd on purpose: nothing may take a timestamp for a round number of anything.
    private const long Frequency = 7_654_321;

    [Theory]
    [InlineData(30, 0)]
    [InlineData(30, 0.029)]
    [InlineData(25, 0.013)]
    [InlineData(24, 0.001)]
    [InlineData(20, 0.021)]
    [InlineData(20, 0.049)]
    [InlineData(15, 0.03)]
    [InlineData(12, 0.08)]
    public void Frames_are_analysed_when_they_are_new_and_the_rate_is_kept(double sourceFps, double phase)
    {
        var runs = Simulate(sourceFps, phase, jitter: 0);
        Assert.InRange(runs.Count / 60.0, 9.9, 10.1);
        Assert.All(runs.Skip(5), r => Assert.InRange(r.Age, 0, 0.26 / sourceFps));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(15)]
    public void Jitter_of_a_tenth_of_an_interval_costs_neither_rate_nor_age(double sourceFps)
    {
        var runs = Simulate(sourceFps, 0.01, jitter: 0.1);
        Assert.InRange(runs.Count / 60.0, 9.9, 10.1);
        Assert.All(runs.Skip(5), r => Assert.InRange(r.Age, 0, 0.3 / sourceFps));
    }

    [Theory]
    [InlineData(10, 0.0999)]
    [InlineData(10, 0.05)]
    [InlineData(5, 0.03)]
    public void No_frame_of_a_slow_source_is_left_out_for_long(double sourceFps, double phase) =>
        Assert.InRange(Simulate(sourceFps, phase, jitter: 0).Count, (60 * sourceFps) - 2, (60 * sourceFps) + 1);

    [Fact]
    public void The_last_frame_of_a_source_that_falls_silent_is_not_waited_over()
    {
        var rhythm = new ArrivalRhythm(Frequency);
        for (var i = 0; i <= 30; i++)
        {
            rhythm.Arrived(i * Frequency / 30);
        }

        // Due when the frame is half an interval old: the next one is waited for, a quarter of an interval longer than it should take.
        var due = (long)(Frequency * (1 + (0.5 / 30)));
        Assert.Equal(1 + (1.25 / 30), rhythm.Settle(due) / (double)Frequency, tolerance: 1e-3);
    }

    [Fact]
    public void A_frame_that_was_due_when_it_came_waits_for_nothing_however_late_the_engine_is()
    {
        var rhythm = new ArrivalRhythm(Frequency);
        for (var i = 0; i <= 30; i++)
        {
            rhythm.Arrived(i * Frequency / 30);
        }

        Assert.Equal(Frequency - 5, rhythm.Settle(Frequency - 5));
        Assert.Equal(Frequency, rhythm.Settle(Frequency));
    }

    [Fact]
    public void A_single_frame_waits_for_nothing()
    {
        var rhythm = new ArrivalRhythm(Frequency);
        rhythm.Arrived(100);
        Assert.Equal(50, rhythm.Settle(50));
        Assert.Equal(Frequency, rhythm.Settle(Frequency));
    }

    // A scene that always changes, for a minute; the engine asks when a frame comes and when it was told to come back.
    private static List<(double At, double Age)> Simulate(double sourceFps, double phase, double jitter)
    {
        var random = new Random(7);
        var (budget, rhythm) = (new AnalysisBudget(CadenceMode.Adaptive, 10, 1, Frequency, 0), new ArrivalRhythm(Frequency));
        var runs = new List<(double, double)>();
        var arrivals = Enumerable.Range(0, (int)(60 * sourceFps) + 1)
            .Select(i => (long)((phase + ((i + (jitter * random.NextDouble())) / sourceFps)) * Frequency)).ToList();
        for (var i = 0; i + 1 < arrivals.Count; i++)
        {
            var now = arrivals[i];
            rhythm.Arrived(now);
            for (var isOpen = true; isOpen;)
            {
                var due = budget.DueAt(changed: true, now);
                due = budget.IsBehind(now) ? due : rhythm.Settle(due);
                if (due <= now)
                {
                    budget.Spend(now);
                    runs.Add((now / (double)Frequency, (now - arrivals[i]) / (double)Frequency));
                    isOpen = false;
                }
                else
                {
                    isOpen = due < arrivals[i + 1];
                    now = due;
                }
            }
        }

        return runs;
    }
}
