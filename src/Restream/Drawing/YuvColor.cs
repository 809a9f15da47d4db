using VisionStream.Core.Frames;

namespace VisionStream.Restream.Drawing;

/// <summary>A colour as the samples of a picture hold it.</summary>
/// <param name="Y">Luma.</param>
/// <param name="U">Blue difference.</param>
/// <param name="V">Red difference.</param>
internal readonly record struct YuvColor(byte Y, byte U, byte V)
{
    /// <summary>Black in pictures of the given range.</summary>
    public static YuvColor Black(ColorRange range) => new(range == ColorRange.Full ? (byte)0 : (byte)16, 128, 128);

    /// <summary>White in pictures of the given range.</summary>
    public static YuvColor White(ColorRange range) => new(range == ColorRange.Full ? (byte)255 : (byte)235, 128, 128);

    /// <summary>Converts gamma-coded RGB, 0 to 1 each, by the matrices of ITU-R BT.601-7 and BT.709-6.</summary>
    public static YuvColor FromRgb(double red, double green, double blue, ColorMatrix matrix, ColorRange range)
    {
        var (kr, kb) = matrix == ColorMatrix.Bt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        var y = (kr * red) + ((1 - kr - kb) * green) + (kb * blue);
        var u = (blue - y) / (2 * (1 - kb));
        var v = (red - y) / (2 * (1 - kr));
        return range == ColorRange.Full
            ? new(ToByte(y * 255), ToByte(128 + (u * 255)), ToByte(128 + (v * 255)))
            : new(ToByte(16 + (y * 219)), ToByte(128 + (u * 224)), ToByte(128 + (v * 224)));
    }

    private static byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
