namespace VisionStream.Detector.Heads;

/// <summary>What the numbers in a detector's output mean. Which one it is follows from the output's shape alone.</summary>
public enum HeadLayout
{
    /// <summary>[1,N,5+nc], N = 3 anchors a grid cell: centre, size, objectness, class probabilities. YOLOv5, YOLOv7.</summary>
    V5,

    /// <summary>[1,4+nc,N], N = grid cells: centre, size, class probabilities. YOLOv8, v9, 11, 12.</summary>
    V8,

    /// <summary>[1,N,5+nc], N = grid cells: offsets in the grid, objectness, class probabilities. YOLOX.</summary>
    Yolox,

    /// <summary>[1,K,6]: corners, score, class, after the network's own selection. YOLOv10, YOLO26.</summary>
    EndToEnd,
}
