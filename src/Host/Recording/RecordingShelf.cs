using System.Globalization;
using System.Text.RegularExpressions;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Recording;

/// <summary>
/// Safe from any thread. The files of recordings that are written here: a folder a stream, named like it, files named by the time of
/// their first picture. Names from outside become paths only after they have proved to be such names.
/// </summary>
/// <param name="root">The folder of all of them; it need not exist yet.</param>
internal sealed partial class RecordingShelf(string root)
{
    private const string TimeForm = "yyyy-MM-dd_HH-mm-ss-fff";

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The folder of a stream's files.</summary>
    /// <remarks>A stream's name has no empty or dotted segments and no characters but letters, digits and _-.~: , so it stays below the root.</remarks>
    public string FolderOf(StreamName stream) => Path.Combine(_root, stream.Value);

    /// <summary>A stream's files, oldest first.</summary>
    public IReadOnlyList<RecordedFile> List(StreamName stream)
    {
        var folder = new DirectoryInfo(FolderOf(stream));
        if (!folder.Exists)
        {
            return [];
        }

        var files = new List<RecordedFile>();
        foreach (var file in folder.EnumerateFiles("*.mp4"))
        {
            if (TryStart(file.Name, out var start))
            {
                files.Add(new RecordedFile(file.Name, start, file.LastWriteTimeUtc > start.UtcDateTime ? file.LastWriteTimeUtc - start.UtcDateTime : TimeSpan.Zero, file.Length));
            }
        }

        return [.. files.OrderBy(f => f.Start)];
    }

    /// <summary>The path of a file, or <see langword="null"/> when the name is none of a recording or there is no such file.</summary>
    public string? Find(StreamName stream, string file)
    {
        var path = Path.Combine(FolderOf(stream), file);
        return TryStart(file, out _) && File.Exists(path) ? path : null;
    }

    /// <summary>Deletes the oldest files of all streams until the rest has <paramref name="most"/> bytes or nothing may go any more.</summary>
    /// <param name="most">Bytes at most.</param>
    /// <param name="kept">Paths of files that stay whatever their age; they count all the same.</param>
    /// <returns>How many went.</returns>
    /// <exception cref="IOException">One cannot be deleted; those before it are gone.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be deleted; those before it are gone.</exception>
    public int Trim(long most, IReadOnlySet<string> kept)
    {
        var root = new DirectoryInfo(_root);
        if (!root.Exists)
        {
            return 0;
        }

        // Links would lead out of the folder.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = root.EnumerateFiles("*.mp4", options).Where(f => TryStart(f.Name, out _)).Select(f => (f.FullName, f.Name, f.Length)).ToList();
        var left = files.Sum(f => f.Length);
        var deleted = 0;

        // The names are times, so their order is that of age.
        foreach (var (path, _, length) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            if (left <= most)
            {
                break;
            }

            if (!kept.Contains(path))
            {
                File.Delete(path);
                left -= length;
                deleted++;
            }
        }

        return deleted;
    }

    private static bool TryStart(string name, out DateTimeOffset start)
    {
        start = default;
        return FileName().IsMatch(name)
            && DateTimeOffset.TryParseExact(name[..TimeForm.Length], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{3}\.mp4\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
