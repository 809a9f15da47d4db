using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.MediaMtx;

/// <summary>What a real MediaMTX v1.20.1 answered, kept beside the repository.</summary>
internal static class Recorded
{
    /// <summary>The folder that holds the recordings.</summary>
    public static string Folder { get; } = Path.Combine(Clips.RepositoryRoot, "..", "shared", "mediamtx");

    /// <summary>A recording; the test is skipped where the recordings are not there.</summary>
    public static string Read(string name)
    {
        var path = Path.Combine(Folder, name);
        Prerequisite.Require(File.Exists(path), $"the recording {name} (../shared/mediamtx)");
        return File.ReadAllText(path);
    }
}
