using VisionStream.Core.Detections;

namespace VisionStream.Detector.Letterboxing;

/// <summary>
/// Where a picture lies on a network's canvas when it is shrunk or enlarged to fit with its proportions kept. Immutable.
/// </summary>
/// <remarks>Rounding follows the letterbox functions of Ultralytics (<c>round(x - 0.1)</c> for the margins) and YOLOX.</remarks>
/// <param name="SourceWidth">Width of the picture in pixels.</param>
/// <param name="SourceHeight">Height of the picture in pixels.</param>
/// <param name="CanvasWidth">Width of the network's input in pixels.</param>
/// <param name="CanvasHeight">Height of the network's input in pixels.</param>
/// <param name="Left">Canvas column of the picture's first column.</param>
/// <param name="Top">Canvas row of the picture's first row.</param>
/// <param name="Width">Width of the resized picture in pixels, at least 1.</param>
/// <param name="Height">Height of the resized picture in pixels, at least 1.</param>
/// <param name="Scale">Canvas pixels for each source pixel, before <paramref name="Width"/> and <paramref name="Height"/> were rounded.</param>
public readonly record struct Letterbox(
    int SourceWidth, int SourceHeight, int CanvasWidth, int CanvasHeight, int Left, int Top, int Width, int Height, double Scale)
{
    /// <summary>The grey of the canvas around the picture, in all channels, of 255.</summary>
    public const byte Grey = 114;

    /// <summary>Fits a picture onto a canvas; all sizes in pixels and positive.</summary>
    public static Letterbox Fit(int sourceWidth, int sourceHeight, int canvasWidth, int canvasHeight, InputStyle style)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(canvasWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(canvasHeight);
        var scale = Math.Min((double)canvasWidth / sourceWidth, (double)canvasHeight / sourceHeight);
        var centred = style == InputStyle.Centred;
        var width = Resized(sourceWidth, scale, canvasWidth, centred);
        var height = Resized(sourceHeight, scale, canvasHeight, centred);
        var left = centred ? Margin(canvasWidth - width) : 0;
        var top = centred ? Margin(canvasHeight - height) : 0;
        return new Letterbox(sourceWidth, sourceHeight, canvasWidth, canvasHeight, left, top, width, height, scale);
    }

    /// <summary>Takes a box from canvas pixels back to source pixels and clips it to the picture.</summary>
    public BoundingBox ToSource(float left, float top, float right, float bottom)
    {
        var x1 = Source(left, Left, SourceWidth);
        var y1 = Source(top, Top, SourceHeight);
        var x2 = Source(right, Left, SourceWidth);
        var y2 = Source(bottom, Top, SourceHeight);
        return new BoundingBox(x1, y1, MathF.Max(0, x2 - x1), MathF.Max(0, y2 - y1));
    }

    private float Source(float canvas, int margin, int length) => (float)Math.Clamp((canvas - margin) / Scale, 0, length);

    // A hair is added before rounding down: 1080 * (640 / 1080.0) may come out as 639.99999.
    private static int Resized(int source, double scale, int canvas, bool round) =>
        Math.Clamp((int)Math.Floor((source * scale) + (round ? 0.5 : 1e-6)), 1, canvas);

    private static int Margin(int free) => (int)Math.Floor((free / 2.0) - 0.1 + 0.5);
}
