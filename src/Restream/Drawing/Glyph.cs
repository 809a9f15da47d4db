namespace VisionStream.Restream.Drawing;

/// <summary>One character of a <see cref="Typeface"/>, in pixels.</summary>
/// <param name="Left">From the pen to the bitmap; negative when it reaches back.</param>
/// <param name="Top">From the ascent line down to the bitmap; negative when it reaches above.</param>
/// <param name="Width">Width of the bitmap.</param>
/// <param name="Height">Height of the bitmap.</param>
/// <param name="Advance">From this pen to the next.</param>
/// <param name="Offset">Where its coverage starts in the typeface's bytes.</param>
internal readonly record struct Glyph(int Left, int Top, int Width, int Height, int Advance, int Offset);
