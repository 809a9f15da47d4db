namespace VisionStream.Detector.Letterboxing;

/// <summary>How a network was trained to see pictures. It follows from the family of its head, not from anything in the file.</summary>
public enum InputStyle
{
    /// <summary>Ultralytics' way: RGB divided by 255, sizes rounded, the picture in the middle of the canvas.</summary>
    Centred,

    /// <summary>YOLOX's way: BGR from 0 to 255, sizes rounded down, the picture at the top left of the canvas.</summary>
    TopLeft,
}
