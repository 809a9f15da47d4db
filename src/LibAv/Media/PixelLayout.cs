namespace VisionStream.LibAv;

/// <summary>What of a pixel format is needed to walk its planes.</summary>
/// <param name="Native">libav's number in the loaded major.</param>
/// <param name="Format">Our name for it.</param>
/// <param name="Name">libav's name for it.</param>
/// <param name="PlaneCount">Number of planes, 0 for formats without memory of their own (hardware surfaces).</param>
/// <param name="ChromaShiftX">Chroma planes are narrower by this power of two.</param>
/// <param name="ChromaShiftY">Chroma planes are lower by this power of two.</param>
internal sealed record PixelLayout(int Native, PixelFormat Format, string Name, int PlaneCount, int ChromaShiftX, int ChromaShiftY)
{
    /// <summary>Rows of a plane of a picture; planes 1 and 2 are chroma, a fourth one is alpha.</summary>
    public int Rows(int plane, int height)
    {
        return plane is 1 or 2 ? -(-height >> ChromaShiftY) : height;
    }
}
