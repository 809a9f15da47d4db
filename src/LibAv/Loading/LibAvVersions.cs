namespace VisionStream.LibAv;

/// <summary>The FFmpeg in use.</summary>
/// <param name="Release">FFmpeg's own version text, such as 5.1.9-0+deb12u1.</param>
/// <param name="Libraries">The libraries that are loaded, in the order of loading.</param>
public sealed record LibAvVersions(string Release, IReadOnlyList<LibAvLibrary> Libraries)
{
    /// <summary>Major of libavformat: 59 is FFmpeg 5.1, 63 is FFmpeg 9.</summary>
    public int FormatMajor => MajorOf("avformat");

    /// <summary>Major of a library by its short name.</summary>
    public int MajorOf(string library)
    {
        return Libraries.First(candidate => candidate.Name == library).Version.Major;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"FFmpeg {Release} ({string.Join(", ", Libraries.Select(library => $"lib{library.Name} {library.Version}"))})";
    }
}
