namespace VisionStream.Detector.Models;

/// <summary>Where the time of one analysis went, in timestamps of the detector's clock.</summary>
/// <param name="Started">Before the letterbox.</param>
/// <param name="Prepared">After it, before the model.</param>
/// <param name="Inferred">After the model.</param>
/// <param name="Finished">After head, suppression and mapping back to the frame.</param>
public readonly record struct StageTimes(long Started, long Prepared, long Inferred, long Finished);
