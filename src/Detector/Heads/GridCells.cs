namespace VisionStream.Detector.Heads;

/// <summary>How many grid cells the YOLO families lay over a canvas.</summary>
internal static class GridCells
{
    /// <summary>Of nearly all of them.</summary>
    public static ReadOnlySpan<int> Strides => [8, 16, 32];

    /// <summary>Whether a model with one of the known sets of strides has so many cells on the canvas.</summary>
    public static bool IsCount(long cells, int width, int height) =>
        cells > 0 && (cells == Count(Strides, width, height)
            || cells == Count([8, 16, 32, 64], width, height) // the P6 models of YOLOv5 and YOLOv8
            || cells == Count([4, 8, 16, 32], width, height) // YOLOv8-p2
            || cells == Count([16, 32], width, height)); // YOLOv3-tiny

    /// <summary>Cells of a set of strides.</summary>
    public static long Count(ReadOnlySpan<int> strides, int width, int height)
    {
        var cells = 0L;
        foreach (var stride in strides)
        {
            cells += (long)(width / stride) * (height / stride);
        }

        return cells;
    }
}
