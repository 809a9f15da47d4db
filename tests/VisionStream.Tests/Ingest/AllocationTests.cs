using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

public sealed class AllocationTests
{
    private const int Stretch = 25;

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("lavfi:testsrc2=size=320x240:rate=50:duration=4,format=yuv420p10le", false)]
    public async Task Steady_state_allocates_nothing_from_packet_to_ring(string source, bool isPaced)
    {
        var options = IngestProbe.AsFast with { RealTime = isPaced };
        var clip = source.Length == 0 ? Clips.Find(isPaced ? "horse-trotting.mp4" : "person-enter-leave.mp4") : source;
        var allocated = new long[1000];
        var count = 0;
        await using var probe = new IngestProbe(clip, options, records: false);
        using var watcher = probe.Stream.Ring.Watch(_ =>
        {
            // On the ingest's thread, once a frame: the sum of all that it has allocated so far.
            if (count < allocated.Length)
            {
                allocated[count++] = GC.GetAllocatedBytesForCurrentThread();
            }
        });
        await probe.RunToEnd();

        // The ring's 30 slots get their memory in the first round. The least of several stretches, as SteadyState takes it.
        var steady = allocated[40..count];
        Assert.True(steady.Length > 5 * Stretch, $"{count} frames came");
        Assert.Equal(0, Enumerable.Range(0, steady.Length / Stretch).Min(i => steady[(i * Stretch) + Stretch - 1] - steady[i * Stretch]));
    }
}
