using VisionStream.Core.Frames;

namespace VisionStream.Tests.Restream.Drawing;

/// <summary>Pictures for the drawing tests, and a slow way of asking what colour a pixel has.</summary>
internal static class Pictures
{
    public static readonly PixelLayout[] Layouts = [PixelLayout.I420, PixelLayout.Nv12, PixelLayout.I422, PixelLayout.I444];

    public static Picture Grey(int width, int height, PixelLayout layout = PixelLayout.I420, byte luma = 100)
    {
        var picture = new Picture();
        picture.Shape(new FrameFormat(width, height, layout, ColorMatrix.Bt709, ColorRange.Limited));
        for (var plane = 0; plane < picture.Format.PlaneCount; plane++)
        {
            picture.Plane(plane).Fill(plane == 0 ? luma : (byte)128);
        }

        return picture;
    }

    public static (byte Y, byte U, byte V) At(Picture picture, int x, int y)
    {
        var canvas = picture.Canvas;
        var luma = canvas.Row(0, y)[x];
        return picture.Format.Layout switch
        {
            PixelLayout.Nv12 => (luma, canvas.Row(1, y / 2)[x / 2 * 2], canvas.Row(1, y / 2)[(x / 2 * 2) + 1]),
            PixelLayout.I422 => (luma, canvas.Row(1, y)[x / 2], canvas.Row(2, y)[x / 2]),
            PixelLayout.I444 => (luma, canvas.Row(1, y)[x], canvas.Row(2, y)[x]),
            _ => (luma, canvas.Row(1, y / 2)[x / 2], canvas.Row(2, y / 2)[x / 2]),
        };
    }
}
