using System.Diagnostics;
using System.Diagnostics.Metrics;
using VisionStream.Core.Metrics;

namespace VisionStream.Host.Metrics;

/// <summary>Safe from any thread. What /metrics tells of the process, by the names that Prometheus' own clients use.</summary>
internal sealed class ProcessMetrics
{
    private const string DescriptorFolder = "/proc/self/fd";

    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MetricNames.Meter);
        meter.CreateObservableCounter("process.cpu.seconds", () => Environment.CpuUsage.TotalTime.TotalSeconds, description: "CPU time used.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Memory held in RAM.");
        meter.CreateObservableGauge("process.start_time", StartedAt, "s", "When the process started, in Unix time.");
        meter.CreateObservableGauge("process.threads", Threads, description: "Threads of the process.");
        if (Directory.Exists(DescriptorFolder))
        {
            meter.CreateObservableGauge("process.open_fds", () => Directory.GetFileSystemEntries(DescriptorFolder).Length, description: "Open file descriptors, sockets among them.");
        }

        meter.CreateObservableGauge("dotnet.gc.heap", () => GC.GetGCMemoryInfo().HeapSizeBytes, "By", "Managed heap after the last collection.");
        meter.CreateObservableCounter(
            "dotnet.gc.collections",
            () => Enumerable.Range(0, GC.MaxGeneration + 1).Select(g => new Measurement<long>(GC.CollectionCount(g), new KeyValuePair<string, object?>("generation", g))),
            description: "Collections of the managed heap, by generation; an older one counts as the younger ones too.");
    }

    private static double StartedAt()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
