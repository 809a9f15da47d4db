using VisionStream.Core.Frames;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Tests.Detector.Kernels;

/// <summary>The letterbox in double precision, one pixel at a time, straight from its definition: what the kernels are held to.</summary>
internal static class ReferenceLetterbox
{
    /// <summary>Levels 0 to 255 before rounding, planes red, green, blue, of the picture alone.</summary>
    public static double[,,] Levels(VideoFrame frame, Letterbox box)
    {
        var f = frame.Format;
        var levels = new double[3, box.Height, box.Width];
        var (kr, kb) = f.Matrix == ColorMatrix.Bt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        var limited = f.Range == ColorRange.Limited;
        var across = f.Layout == PixelLayout.I444 ? 1 : 2;
        var down = f.Layout is PixelLayout.I444 or PixelLayout.I422 ? 1 : 2;
        for (var row = 0; row < box.Height; row++)
        {
            var y = Math.Clamp(((row + 0.5) * f.Height / box.Height) - 0.5, 0, f.Height - 1);
            for (var column = 0; column < box.Width; column++)
            {
                var x = Math.Clamp(((column + 0.5) * f.Width / box.Width) - 0.5, 0, f.Width - 1);
                var luma = Sample(frame, 0, x, y, 1, 1) - (limited ? 16 : 0);
                var cb = Sample(frame, 1, x, y, across, down) - 128;
                var cr = Sample(frame, 2, x, y, across, down) - 128;
                luma *= limited ? 255.0 / 219 : 1;
                cb *= limited ? 255.0 / 112 / 2 : 1;
                cr *= limited ? 255.0 / 112 / 2 : 1;
                var red = luma + (2 * (1 - kr) * cr);
                var blue = luma + (2 * (1 - kb) * cb);
                var green = (luma - (kr * red) - (kb * blue)) / (1 - kr - kb);
                levels[0, row, column] = Math.Clamp(red, 0, 255);
                levels[1, row, column] = Math.Clamp(green, 0, 255);
                levels[2, row, column] = Math.Clamp(blue, 0, 255);
            }
        }

        return levels;
    }

    private static double Sample(VideoFrame frame, int component, double x, double y, int across, int down)
    {
        var width = (frame.Format.Width + across - 1) / across;
        var height = (frame.Format.Height + down - 1) / down;
        x = Math.Clamp(((x + 0.5) / across) - 0.5, 0, width - 1);
        y = Math.Clamp(((y + 0.5) / down) - 0.5, 0, height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var (fx, fy) = (x - left, y - top);
        var upper = (At(left, top) * (1 - fx)) + (At(right, top) * fx);
        var lower = (At(left, bottom) * (1 - fx)) + (At(right, bottom) * fx);
        return (upper * (1 - fy)) + (lower * fy);

        double At(int column, int row)
        {
            var interleaved = frame.Format.Layout == PixelLayout.Nv12 && component > 0;
            var plane = interleaved ? 1 : component;
            var index = interleaved ? (2 * column) + component - 1 : column;
            return frame.Plane(plane)[(row * frame.Stride(plane)) + index];
        }
    }
}
