using System.Text.Json;
using System.Text.Json.Serialization;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Control;

/// <summary>
/// For one caller at a time. The file that keeps posted streams over a restart, for its owner alone. It is replaced as a whole, so
/// that a crash or a full disk leaves the former one; a damaged one is set aside. A lock beside it keeps a second service away.
/// </summary>
internal sealed class SavedStreamsFile : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    private readonly string _path;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private FileStream? _lock;

    private SavedStreamsFile(string path, FileStream taken, TimeProvider time, ILogger log) => (_path, _lock, _time, _log) = (path, taken, time, log);

    /// <summary>Takes the file for this service; <see langword="null"/> when another one has it, which is logged.</summary>
    /// <exception cref="BadInputException">There cannot be a file there.</exception>
    public static SavedStreamsFile? TryTake(string path, TimeProvider time, ILogger log)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!, OwnersFile | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(full, e.Message);
        }

        try
        {
            return new SavedStreamsFile(full, OpenAsOwner(full + ".lock", FileMode.OpenOrCreate), time, log);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unusable(full, e.Message);
        }
        catch (IOException)
        {
            Log.StateFileTaken(log, full);
            return null;
        }
    }

    /// <summary>What was saved last; nothing when there is no file. A damaged file is set aside and told of.</summary>
    public IReadOnlyList<SavedStream> Load()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            var state = JsonSerializer.Deserialize<SavedState>(stream, Json);
            if (state?.Version == SavedState.Current)
            {
                return state.Streams;
            }

            SetAside($"its version is {state?.Version}, and {SavedState.Current} is known");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException e)
        {
            SetAside(e.Message);
        }

        return [];
    }

    /// <summary>Replaces the file: written beside it, on the disk, then renamed.</summary>
    /// <exception cref="IOException">It cannot be written; the former one stands.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the former one stands.</exception>
    public void Save(IReadOnlyList<SavedStream> streams)
    {
        var fresh = _path + ".new";
        // One that a crash left behind would keep the mode it had.
        File.Delete(fresh);
        using (var stream = OpenAsOwner(fresh, FileMode.Create))
        {
            JsonSerializer.Serialize(stream, new SavedState(SavedState.Current, streams), Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
    }

    /// <summary>Leaves the file to others.</summary>
    public void Dispose() => Interlocked.Exchange(ref _lock, null)?.Dispose();

    private static FileStream OpenAsOwner(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    private static BadInputException Unusable(string path, string why) =>
        new($"state_file: '{path}' cannot be used: {why} Name another with --state-file FILE, or none with --state-file ''.");

    private void SetAside(string why)
    {
        var aside = $"{_path}.damaged-{_time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        File.Move(_path, aside, overwrite: true);
        Log.StateFileDamaged(_log, _path, why, aside);
    }
}
