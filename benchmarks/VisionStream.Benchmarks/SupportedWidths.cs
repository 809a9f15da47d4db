using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using VisionStream.Detector.Kernels;

namespace VisionStream.Benchmarks;

/// <summary>Leaves out the benchmarks that are named after a <see cref="VectorWidth"/> that this machine does not have.</summary>
internal sealed class SupportedWidths : ManualConfig
{
    public SupportedWidths() => AddFilter(new SimpleFilter(benchmark =>
        !Enum.TryParse<VectorWidth>(benchmark.Descriptor.WorkloadMethod.Name, out var width) || LetterboxKernel.IsSupported(width)));
}
