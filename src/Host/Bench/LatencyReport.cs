using System.Globalization;
using VisionStream.Core.Detections;

namespace VisionStream.Host.Bench;

/// <summary>What the latency bench measured.</summary>
/// <param name="Trials">The times that the object appeared and was reported.</param>
/// <param name="Missed">Times it was shown and not reported before it went away.</param>
/// <param name="MessagesPerSecond">Results over the whole run.</param>
/// <param name="InferenceAloneMs">The model with nothing beside it, which no service can undercut.</param>
/// <param name="CpuPercent">The service's processor time, 100 for one core.</param>
/// <param name="PeakBytes">The service's peak resident memory.</param>
/// <param name="Via">What was between publisher and service.</param>
internal sealed record LatencyReport(
    IReadOnlyList<LatencyTrial> Trials, int Missed, double MessagesPerSecond, double InferenceAloneMs, double CpuPercent, long PeakBytes, string Via)
{
    /// <summary>The value that a share of the trials does not exceed.</summary>
    public double At(double share) => Percentile.Of([.. Trials.Select(t => t.Milliseconds).Order()], share);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        object appears -> first message with it, {Trials.Count} times ({Missed} missed), via {Via}
        p50 {At(0.5):0.0} ms   p90 {At(0.9):0.0} ms   p99 {At(0.99):0.0} ms   least {At(0.0001):0.0} ms
        {(Trials.Any(t => t.Stages is not null) ? Profile() : "it does not say where the time went")}
        the model with nothing beside it: inference {InferenceAloneMs:0.0} ms
        {MessagesPerSecond:0.00} messages a second; the service took {CpuPercent:0} % of one of {Environment.ProcessorCount} cores, and {PeakBytes / 1e6:0} MB at its peak
        """);

    private string Profile() => "of it, medians: " + string.Join(
        ", ",
        Median("encoder, server, sending", (trial, stages) => trial.Milliseconds - stages.Total),
        Median("decode", (_, stages) => stages.Decode),
        Median("queue", (_, stages) => stages.Queue),
        Median("preprocess", (_, stages) => stages.Preprocess),
        Median("inference", (_, stages) => stages.Inference),
        Median("postprocess", (_, stages) => stages.Postprocess));

    private string Median(string name, Func<LatencyTrial, StageLatency, double> part)
    {
        var values = Trials.Where(t => t.Stages is not null).Select(t => part(t, t.Stages!.Value)).Order();
        return string.Create(CultureInfo.InvariantCulture, $"{name} {Percentile.Of([.. values], 0.5):0.0} ms");
    }
}
