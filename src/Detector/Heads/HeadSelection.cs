namespace VisionStream.Detector.Heads;

/// <summary>Chooses the head by the shape of the output, never by a version.</summary>
internal static class HeadSelection
{
    /// <summary>The most objects that an end-to-end output may list; Ultralytics exports 300.</summary>
    private const int MostObjects = 1000;

    /// <summary>The layouts that <see cref="TrySelect"/> knows, for messages.</summary>
    public const string Known =
        "v5 [1,N,5+nc] with three anchors a grid cell, v8 [1,4+nc,N], YOLOX [1,N,5+nc] with one anchor a cell, end-to-end [1,300,6]";

    /// <summary>The head for an output of this shape on a canvas of this size, or <see langword="null"/> when none fits.</summary>
    public static DetectionHead? TrySelect(ReadOnlySpan<long> shape, int canvasWidth, int canvasHeight)
    {
        if (shape is not [1, > 0 and <= int.MaxValue, > 0 and <= int.MaxValue])
        {
            return null;
        }

        var (rows, columns) = ((int)shape[1], (int)shape[2]);
        return (rows, columns) switch
        {
            ( >= 5, _) when GridCells.IsCount(columns, canvasWidth, canvasHeight) => new V8Head(rows, columns),
            (_, >= 6) when rows % 3 == 0 && GridCells.IsCount(rows / 3, canvasWidth, canvasHeight) => new V5Head(rows, columns),
            (_, >= 6) when rows == GridCells.Count(GridCells.Strides, canvasWidth, canvasHeight) =>
                new YoloxHead(rows, columns, canvasWidth, canvasHeight),
            ( <= MostObjects, EndToEndHead.RowLength) => new EndToEndHead(rows),
            _ => null,
        };
    }
}
