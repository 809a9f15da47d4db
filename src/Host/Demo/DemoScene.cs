using VisionStream.Core.Frames;

namespace VisionStream.Host.Demo;

/// <summary>
/// For one thread. Renders the demo's picture: parcels with codes on a belt, signs that swing above it; things that the bundled model
/// knows. Every picture is computed from its time alone.
/// </summary>
internal sealed class DemoScene
{
    /// <summary>Width and height in pixels: what smart glasses send.</summary>
    public const int Width = 854, Height = 480;

    // Pixels a second: a parcel stays in the picture for a quarter of a minute.
    private const double BeltSpeed = 60;

    // From a parcel to the next: two to three are in the picture at any time.
    private const int ParcelPitch = 356;

    private readonly Backdrop _backdrop = new(Format);
    private readonly Sprite[] _sprites;

    /// <summary>Draws everything once; after that a picture costs little.</summary>
    public DemoScene()
    {
        Texture[] parcels = [ParcelArt.WithQrCode(), ParcelArt.WithBarcode(), ParcelArt.WithFiducial()];
        _sprites =
        [
            new Sprite(SignArt.StopSign(), t => Swinging(250, 4.3, 0.16, t)),
            new Sprite(SignArt.WarningTriangle(), t => Swinging(610, 5.1, 0.13, t + 1.7)),
            .. parcels.Select((texture, i) => new Sprite(texture, t => OnBelt(texture, i, parcels.Length, t))),
        ];
    }

    /// <summary>The format of the pictures.</summary>
    public static FrameFormat Format { get; } = new(Width, Height, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);

    /// <summary>Paints the picture of a time into a slot of that format.</summary>
    public void Paint(in FrameWrite target, double seconds)
    {
        _backdrop.Paint(target, BeltSpeed * seconds);
        foreach (var (texture, way) in _sprites)
        {
            SpritePainter.Paint(target, Format, texture, way(seconds));
        }
    }

    private static Placement Swinging(float x, double period, double most, double seconds) =>
        new(x, -20, (float)(most * Math.Sin(2 * Math.PI * seconds / period)), 1);

    private static Placement OnBelt(Texture texture, int index, int count, double seconds)
    {
        // The whole row comes round again; what has left on the right enters on the left.
        var row = count * ParcelPitch;
        var x = (float)(((BeltSpeed * seconds) + (index * ParcelPitch) + 560) % row) - ((row - Width) / 2f);

        return new Placement(x, Backdrop.BeltTop + 26 - (texture.Height / 2f), 0, 1);
    }
}
