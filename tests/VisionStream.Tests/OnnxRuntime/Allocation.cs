namespace VisionStream.Tests.OnnxRuntime;

/// <summary>Counts managed bytes.</summary>
internal static class Allocation
{
    /// <summary>Bytes that the calling thread allocates in ten calls of <paramref name="action"/>, after two that warm it up.</summary>
    internal static long Of(Action action)
    {
        action();
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
