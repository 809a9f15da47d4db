using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Heads;

/// <summary>[1,K,6]: corners, score and class of the objects that the network itself has chosen.</summary>
internal sealed class EndToEndHead(int rows) : DetectionHead(HeadLayout.EndToEnd, rows, RowLength)
{
    /// <summary>Numbers for each object.</summary>
    public const int RowLength = 6;

    /// <inheritdoc/>
    public override int? Classes => null;

    /// <inheritdoc/>
    public override int Capacity => Rows;

    /// <inheritdoc/>
    public override bool NeedsSuppression => false;

    /// <inheritdoc/>
    public override void Scan(ReadOnlySpan<float> output, float confidence, ClassFilter? filter, CandidateBuffer found)
    {
        for (var row = 0; row < Rows; row++)
        {
            var values = output.Slice(row * RowLength, RowLength);
            if (values[4] > confidence && values[5] is >= 0 and < int.MaxValue)
            {
                var classId = (int)MathF.Round(values[5]);
                if (filter is null || filter.Wants(classId))
                {
                    found.Add(values[0], values[1], values[2], values[3], values[4], classId, row);
                }
            }
        }
    }
}
