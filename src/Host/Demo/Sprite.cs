namespace VisionStream.Host.Demo;

/// <summary>Something flat that wanders through the demo's scene. Immutable.</summary>
/// <param name="Label">What the bundled model calls it.</param>
/// <param name="Texture">How it looks.</param>
/// <param name="Size">Its longer side as a share of the scene's height.</param>
/// <param name="Phase">Seconds by which its way is shifted against the others'.</param>
/// <param name="Tilt">Most it turns to either side, in radians.</param>
internal sealed record Sprite(string Label, Texture Texture, float Size, float Phase, float Tilt)
{
    /// <summary>Where it is at a time: the centre as shares of width and height, the turn in radians, the scale around 1.</summary>
    public (float X, float Y, float Angle, float Scale) At(double seconds)
    {
        // Periods without a common multiple, so that the scene does not repeat within minutes.
        var t = seconds + Phase;
        return (
            0.5f + (0.36f * (float)Math.Sin(2 * Math.PI * t / 13.7)),
            0.5f + (0.28f * (float)Math.Sin(2 * Math.PI * t / 9.1)),
            Tilt * (float)Math.Sin(2 * Math.PI * t / 7.3),
            1 + (0.25f * (float)Math.Sin(2 * Math.PI * t / 11.9)));
    }
}
