namespace VisionStream.Core.Detections;

/// <summary>How long one frame took in each stage, in milliseconds of the service's monotonic clock.</summary>
/// <param name="Decode">From the packet's arrival to the decoded frame in the ring.</param>
/// <param name="Queue">From there until the engine took it.</param>
/// <param name="Preprocess">Letterbox and normalisation into the model's input.</param>
/// <param name="Inference">The model alone.</param>
/// <param name="Postprocess">Head, NMS and mapping back to the frame.</param>
/// <param name="Total">From the packet's arrival to the finished result.</param>
public readonly record struct StageLatency(
    double Decode, double Queue, double Preprocess, double Inference, double Postprocess, double Total);
