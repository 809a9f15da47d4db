using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>What the latency bench measured.</summary>
/// <param name="Milliseconds">From the object's first frame entering the encoder to the message that reports it, rising.</param>
/// <param name="Missed">Times it was shown and not reported before it went away.</param>
/// <param name="MessagesPerSecond">Results over the whole run.</param>
/// <param name="InferenceMs">Median of the model alone, as the messages tell; <see langword="null"/> where they do not.</param>
/// <param name="CpuPercent">The service's processor time, 100 for one core.</param>
/// <param name="PeakBytes">The service's peak resident memory.</param>
/// <param name="Via">What was between publisher and service.</param>
internal sealed record LatencyReport(
    IReadOnlyList<double> Milliseconds, int Missed, double MessagesPerSecond, double? InferenceMs, double CpuPercent, long PeakBytes, string Via)
{
    /// <summary>The value that a share of the trials does not exceed.</summary>
    public double Percentile(double share) => Bench.Percentile.Of(Milliseconds, share);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        object appears -> first message with it, {Milliseconds.Count} times ({Missed} missed), via {Via}
        p50 {Percentile(0.5):0.0} ms   p90 {Percentile(0.9):0.0} ms   p99 {Percentile(0.99):0.0} ms   least {Percentile(0.0001):0.0} ms
        {MessagesPerSecond:0.00} messages a second{(InferenceMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $", inference {ms:0.0} ms (median)") : "")}
        service: {CpuPercent:0} % of a core, peak memory {PeakBytes / 1048576.0:0} MiB, machine: {Environment.ProcessorCount} cores
        """);
}
