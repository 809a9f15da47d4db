using VisionStream.Core.Detections;

namespace VisionStream.Restream.Encoding;

/// <summary>Where a picture lies when it is scaled into another size with its shape kept. Immutable.</summary>
/// <param name="Left">Columns of black on its left; even.</param>
/// <param name="Top">Rows of black above it; even.</param>
/// <param name="Width">Its width in the output; even.</param>
/// <param name="Height">Its height in the output; even.</param>
/// <param name="ScaleX">Output pixels a source pixel, across.</param>
/// <param name="ScaleY">Output pixels a source pixel, down.</param>
internal readonly record struct PictureFit(int Left, int Top, int Width, int Height, float ScaleX, float ScaleY)
{
    /// <summary>Fits a picture into an output of even size, as large as it goes, in the middle.</summary>
    public static PictureFit Into(int sourceWidth, int sourceHeight, int width, int height)
    {
        var scale = Math.Min((double)width / sourceWidth, (double)height / sourceHeight);
        var fittedWidth = Math.Clamp(Even(sourceWidth * scale), 2, width);
        var fittedHeight = Math.Clamp(Even(sourceHeight * scale), 2, height);
        return new PictureFit(
            (width - fittedWidth) / 4 * 2,
            (height - fittedHeight) / 4 * 2,
            fittedWidth,
            fittedHeight,
            (float)fittedWidth / sourceWidth,
            (float)fittedHeight / sourceHeight);

        static int Even(double value) => 2 * (int)Math.Round(value / 2);
    }

    /// <summary>A box of the source, in the output.</summary>
    public BoundingBox Map(in BoundingBox box) =>
        new(Left + (box.X * ScaleX), Top + (box.Y * ScaleY), box.Width * ScaleX, box.Height * ScaleY);
}
