namespace VisionStream.Ingest.Sources;

/// <summary>Looks at files and devices that a source names.</summary>
internal static class SourceFile
{
    /// <summary>A sentence that says why the file cannot be read, or <see langword="null"/>.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="shown">What to call it in the sentence.</param>
    public static string? FindFileProblem(string path, string shown)
    {
        if (Directory.Exists(path))
        {
            return $"'{shown}' is a folder, not a file.";
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return $"There is no file '{shown}'.";
        }

        // A named pipe has no length either, and opening one to look would wait for its writer.
        if (file.Length == 0)
        {
            return $"The file '{shown}' is empty or no regular file.";
        }

        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return $"The file '{shown}' may not be read by this user.";
        }
        catch (IOException e)
        {
            return $"The file '{shown}' cannot be read: {e.Message}";
        }
    }

    /// <summary>A sentence when there is no such camera, or <see langword="null"/>. It is not opened: that would switch it on.</summary>
    public static string? FindCameraProblem(string path) =>
        File.Exists(path) ? null : $"There is no camera '{path}'; see /dev/video* for those that are.";
}
