using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

public sealed class AllocationTests
{
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

        // The ring's 30 slots get their memory in the first round, and code is compiled in tiers up to its 30th call and a while after.
        var steady = allocated[100..count];
        Assert.True(steady.Length > 90, $"{count} frames came");
        Assert.Equal(0, steady[^1] - steady[0]);
    }
}
