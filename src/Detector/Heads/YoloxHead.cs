using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Heads;

/// <summary>
/// [1,N,5+nc], not decoded: each row is a grid cell, strides 8, 16 and 32 one after the other, cells row by row. Centre =
/// (value + cell) * stride, size = exp(value) * stride (YOLOX, demo_postprocess).
/// </summary>
internal sealed class YoloxHead(int rows, int columns, int canvasWidth, int canvasHeight) : DetectionHead(HeadLayout.Yolox, rows, columns)
{
    /// <inheritdoc/>
    public override int? Classes => Columns - 5;

    /// <inheritdoc/>
    public override int Capacity => Rows;

    /// <inheritdoc/>
    public override void Scan(ReadOnlySpan<float> output, float confidence, ClassFilter? filter, CandidateBuffer found)
    {
        var row = 0;
        foreach (var stride in GridCells.Strides)
        {
            var across = canvasWidth / stride;
            var cells = across * (canvasHeight / stride);
            for (var cell = 0; cell < cells; cell++, row++)
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
                    var x = (values[0] + (cell % across)) * stride;
                    var y = (values[1] + (cell / across)) * stride;
                    found.AddCentred(x, y, MathF.Exp(values[2]) * stride, MathF.Exp(values[3]) * stride, score, classId, row);
                }
            }
        }
    }
}
