using System.Reflection;
using BenchmarkDotNet.Reports;

namespace VisionStream.Benchmarks;

/// <summary>Stateless. Compares what benchmarks allocated with what they are expected to.</summary>
internal static class AllocationCheck
{
    /// <summary>A sentence for each benchmark that allocated something else, or says nothing of its allocation.</summary>
    public static IEnumerable<string> Problems(IEnumerable<Summary> summaries)
    {
        foreach (var report in summaries.SelectMany(s => s.Reports))
        {
            var (benchmark, descriptor) = (report.BenchmarkCase, report.BenchmarkCase.Descriptor);
            var expected = descriptor.WorkloadMethod.GetCustomAttribute<ExpectedAllocationAttribute>()
                ?? descriptor.Type.GetCustomAttribute<ExpectedAllocationAttribute>();
            if (expected is null)
            {
                yield return $"{descriptor.DisplayInfo} does not say what it allocates; give it an [ExpectedAllocation].";
            }
            else if (!report.Success)
            {
                yield return $"{descriptor.DisplayInfo} {benchmark.Parameters.DisplayInfo} did not run.";
            }
            else if (expected.Bytes != ExpectedAllocationAttribute.Any
                && report.GcStats.GetBytesAllocatedPerOperation(benchmark) is var bytes && bytes != expected.Bytes)
            {
                yield return $"{descriptor.DisplayInfo} {benchmark.Parameters.DisplayInfo} allocates {bytes?.ToString(null, null) ?? "unmeasured"} bytes, expected were {expected.Bytes}.";
            }
        }
    }
}
