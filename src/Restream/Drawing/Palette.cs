using VisionStream.Core.Frames;

namespace VisionStream.Restream.Drawing;

/// <summary>
/// Immutable, safe from any thread. A colour for each class, the same in every run and every stream: hues a golden angle
/// (137.5 degrees) apart, so that neighbouring class numbers differ most, at three lightnesses of the OKLCH space, all light
/// enough to carry black text. OKLCH: Bjorn Ottosson, "A perceptual color space for image processing", 2020.
/// </summary>
internal sealed class Palette
{
    /// <summary>Colours before they repeat. The largest label sets in use (Objects365, Open Images) have 365 and 601 classes.</summary>
    public const int Count = 256;

    // Class 0 is "person" in COCO; green is the colour that people expect on it.
    private const double FirstHue = 145;
    private const double GoldenAngle = 137.50776405003785;
    private const double Chroma = 0.17;
    private static readonly double[] Lightnesses = [0.80, 0.70, 0.88];

    private readonly YuvColor[] _colors = new YuvColor[Count];

    /// <summary>Makes the colours for pictures of one kind.</summary>
    public Palette(ColorMatrix matrix, ColorRange range)
    {
        for (var i = 0; i < Count; i++)
        {
            var (red, green, blue) = Rgb(i);
            _colors[i] = YuvColor.FromRgb(red, green, blue, matrix, range);
        }

        Black = YuvColor.Black(range);
        White = YuvColor.White(range);
    }

    /// <summary>For text on the class colours, and for shadows.</summary>
    public YuvColor Black { get; }

    /// <summary>For text on dark plates.</summary>
    public YuvColor White { get; }

    /// <summary>The colour of a class; any number will do.</summary>
    public YuvColor this[int classId] => _colors[(int)((uint)classId % Count)];

    /// <summary>A class's colour as gamma-coded RGB, 0 to 1 each.</summary>
    public static (double Red, double Green, double Blue) Rgb(int index)
    {
        var hue = (FirstHue + (index * GoldenAngle)) * Math.PI / 180;
        var lightness = Lightnesses[index % Lightnesses.Length];
        for (var chroma = Chroma; ; chroma -= 0.01)
        {
            var (red, green, blue) = LinearFromOklab(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
            if (chroma <= 0 || (InGamut(red) && InGamut(green) && InGamut(blue)))
            {
                return (Gamma(red), Gamma(green), Gamma(blue));
            }
        }
    }

    private static (double Red, double Green, double Blue) LinearFromOklab(double lightness, double a, double b)
    {
        var l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        var m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        var s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    private static bool InGamut(double value) => value is >= -1e-4 and <= 1 + 1e-4;

    // The transfer function of sRGB, IEC 61966-2-1.
    private static double Gamma(double value) =>
        value <= 0.0031308 ? Math.Max(0, 12.92 * value) : Math.Min(1, (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055);
}
