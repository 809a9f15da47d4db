using VisionStream.Core.Detections;
using VisionStream.Detector.Engine;

namespace VisionStream.Host.Pipelines;

/// <summary>What all pipelines share. Immutable; what it names is safe from any thread and outlives them.</summary>
/// <param name="Engine">Analyses them.</param>
/// <param name="Models">Has their models.</param>
/// <param name="Feed">Where results and states go.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Where episodes are told.</param>
/// <param name="Server">The configured MediaMTX; <see langword="null"/> for none.</param>
internal sealed record PipelineRoom(
    DetectionEngine Engine, ModelShelf Models, DetectionFeed Feed, TimeProvider Time, ILoggerFactory Loggers, MediaServer? Server = null);
