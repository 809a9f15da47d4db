namespace VisionStream.Detector.Heads;

/// <summary>A box that scored above the threshold, in canvas pixels.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="ClassId">Its best class.</param>
/// <param name="Index">Its place in the output, which settles ties.</param>
internal readonly record struct Candidate(float Left, float Top, float Right, float Bottom, float Score, int ClassId, int Index);
