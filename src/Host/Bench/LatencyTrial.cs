using System.Text.Json;
using VisionStream.Core.Detections;

namespace VisionStream.Host.Bench;

/// <summary>One time that the object appeared.</summary>
/// <param name="Milliseconds">From its first frame entering the encoder to the message that reports it.</param>
/// <param name="Stages">What the service says of its part, from the packet's arrival on; <see langword="null"/> where it says nothing.</param>
internal sealed record LatencyTrial(double Milliseconds, StageLatency? Stages)
{
    /// <summary>A message's stages.</summary>
    public static StageLatency? StagesOf(JsonElement message)
    {
        if (!message.TryGetProperty("latency_ms", out var stages) || !stages.TryGetProperty("total", out _))
        {
            return null;
        }

        return new StageLatency(Of("decode"), Of("queue"), Of("preprocess"), Of("inference"), Of("postprocess"), Of("total"));

        double Of(string stage) => stages.TryGetProperty(stage, out var ms) ? ms.GetDouble() : double.NaN;
    }
}
