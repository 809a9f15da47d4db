using VisionStream.Core.Frames;

namespace VisionStream.Host.Demo;

/// <summary>For one thread. The hall behind the demo's things: a wall under two lamps, a floor, and a belt that moves.</summary>
internal sealed class Backdrop
{
    /// <summary>The row that parcels stand on.</summary>
    public const int BeltTop = 372;

    private const int BeltEnd = 424;
    private const int FloorTop = 330;

    // A rib every so many pixels; the belt's picture repeats after that.
    private const int RibPitch = 48;

    private readonly FrameFormat _format;
    private readonly byte[][] _planes;
    private readonly byte[] _belt;

    /// <param name="format">The picture: I420.</param>
    public Backdrop(in FrameFormat format)
    {
        _format = format;
        _planes = [new byte[format.Width * format.Height], new byte[ChromaSize(format)], new byte[ChromaSize(format)]];
        var chromaWidth = format.PlaneWidth(1);
        for (var y = 0; y < format.Height; y++)
        {
            for (var x = 0; x < format.Width; x++)
            {
                var texel = Colour(x, y, format.Width).Value;
                _planes[0][(y * format.Width) + x] = (byte)texel.X;
                _planes[1][(y / 2 * chromaWidth) + (x / 2)] = (byte)texel.Y;
                _planes[2][(y / 2 * chromaWidth) + (x / 2)] = (byte)texel.Z;
            }
        }

        _belt = new byte[format.Width + RibPitch];
        for (var x = 0; x < _belt.Length; x++)
        {
            _belt[x] = (byte)(x % RibPitch is 0 or 1 ? 78 : x % RibPitch is 2 or 3 ? 40 : 56);
        }
    }

    /// <summary>Paints it.</summary>
    /// <param name="target">A slot of the format.</param>
    /// <param name="travelled">How far the belt has come, to the right, in pixels.</param>
    public void Paint(in FrameWrite target, double travelled)
    {
        for (var plane = 0; plane < 3; plane++)
        {
            target.CopyPlane(plane, _planes[plane], _format.PlaneWidth(plane));
        }

        var shift = RibPitch - 1 - ((int)travelled % RibPitch);
        for (var y = BeltTop + 4; y < BeltEnd; y++)
        {
            _belt.AsSpan(shift, _format.Width).CopyTo(target.Plane(0)[(y * target.Stride(0))..]);
        }
    }

    private static int ChromaSize(in FrameFormat format) => format.PlaneWidth(1) * format.PlaneHeight(1);

    private static YuvTexel Colour(int x, int y, int width)
    {
        // A grain that is the same in every run: nothing in a real picture is one flat value.
        var grain = 1.5f * MathF.Sin((x * 12.9898f) + (y * 78.233f));
        switch (y)
        {
            case >= BeltEnd + 10 or (>= FloorTop and < BeltTop):
                var floor = 92 - (0.08f * (y - FloorTop)) + grain;
                return YuvTexel.OfRgb(floor * 0.98f, floor, floor * 1.04f);
            case >= BeltTop and < BeltTop + 4:
                return YuvTexel.OfRgb(150, 154, 160);
            case >= BeltTop:
                return y < BeltEnd ? YuvTexel.OfRgb(48, 48, 50) : YuvTexel.OfRgb(112, 116, 122);
        }

        // Two lamps above the wall, panels of a seventh of its width, and a painted band.
        var (left, right) = ((x / (float)width) - 0.25f, (x / (float)width) - 0.75f);
        var down = y / (float)FloorTop;
        var lamps = MathF.Exp(-((left * left * 14) + (down * down * 1.6f))) + MathF.Exp(-((right * right * 14) + (down * down * 1.6f)));
        var light = 128 + (58 * lamps) + grain;
        light *= x % (width / 7) < 2 ? 0.9f : 1;
        return y is > 272 and < 290 ? YuvTexel.OfRgb(light * 0.42f, light * 0.62f, light * 0.92f) : YuvTexel.OfRgb(light * 0.95f, light * 0.98f, light);
    }
}
