namespace VisionStream.Core.Frames;

/// <summary>Which of the 256 values of a sample are in use.</summary>
public enum ColorRange
{
    /// <summary>Y from 16 to 235, U and V from 16 to 240: ordinary video.</summary>
    Limited,

    /// <summary>0 to 255: JPEG and some cameras ("J420").</summary>
    Full,
}
