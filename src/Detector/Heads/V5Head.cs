using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Heads;

/// <summary>
/// [1,N,5+nc]: each candidate is a row. Its score is objectness times class probability, so a row whose objectness is below the
/// threshold, which is nearly all of them, is left after one number.
/// </summary>
internal sealed class V5Head(int rows, int columns) : DetectionHead(HeadLayout.V5, rows, columns)
{
    /// <inheritdoc/>
    public override int? Classes => Columns - 5;

    /// <inheritdoc/>
    public override int Capacity => Rows;

    /// <inheritdoc/>
    public override void Scan(ReadOnlySpan<float> output, float confidence, ClassFilter? filter, CandidateBuffer found)
    {
        for (var row = 0; row < Rows; row++)
        {
            var objectness = output[(row * Columns) + 4];
            if (!(objectness > confidence))
            {
                continue;
            }

            var values = output.Slice(row * Columns, Columns);
            var classId = BestClass.Of(values[5..], out var probability);
            var score = objectness * probability;
            if (score > confidence && (filter is null || filter.Wants(classId)))
            {
                found.AddCentred(values[0], values[1], values[2], values[3], score, classId, row);
            }
        }
    }
}
