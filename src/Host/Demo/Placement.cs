namespace VisionStream.Host.Demo;

/// <summary>Where something is in the picture.</summary>
/// <param name="X">Its centre in pixels from the left.</param>
/// <param name="Y">Its centre in pixels from the top.</param>
/// <param name="Angle">How far it is turned, in radians, clockwise.</param>
/// <param name="Scale">Pixels of the picture for a texel.</param>
internal readonly record struct Placement(float X, float Y, float Angle, float Scale);
