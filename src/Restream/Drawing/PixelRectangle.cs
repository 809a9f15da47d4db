namespace VisionStream.Restream.Drawing;

/// <summary>A rectangle of whole pixels; right and bottom edges are outside.</summary>
internal readonly record struct PixelRectangle(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Columns; not positive when empty.</summary>
    public int Width => Right - Left;

    /// <summary>Rows; not positive when empty.</summary>
    public int Height => Bottom - Top;

    /// <summary>Whether it covers nothing.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The part of it that lies inside a picture.</summary>
    public PixelRectangle Within(int width, int height) =>
        new(Math.Max(0, Left), Math.Max(0, Top), Math.Min(width, Right), Math.Min(height, Bottom));

    /// <summary>It with every edge moved outwards.</summary>
    public PixelRectangle Grown(int pixels) => new(Left - pixels, Top - pixels, Right + pixels, Bottom + pixels);
}
