namespace VisionStream.Host.Demo;

/// <summary>Something flat that moves through the demo's scene. Immutable.</summary>
/// <param name="Texture">How it looks.</param>
/// <param name="Way">Where it is at a time in seconds.</param>
internal sealed record Sprite(Texture Texture, Func<double, Placement> Way);
