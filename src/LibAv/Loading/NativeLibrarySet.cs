using System.Runtime.InteropServices;

namespace VisionStream.LibAv;

/// <summary>
/// Thread safe. The libraries of one FFmpeg release: five that are loaded at once, two that are loaded when they are first asked for.
/// They stay loaded for the life of the process.
/// </summary>
internal sealed unsafe class NativeLibrarySet
{
    // Majors that exist or may come, looked for only to tell the user that what is there is of the wrong version.
    private const int OldestForeign = 52;
    private const int NewestForeign = 80;

    private readonly Lock _gate = new();
    private readonly string? _folder;
    private readonly Dictionary<string, nint> _handles;

    private NativeLibrarySet(FfmpegRelease release, string? folder, Dictionary<string, nint> handles, IReadOnlyList<LibAvLibrary> libraries)
    {
        Release = release;
        _folder = folder;
        _handles = handles;
        Libraries = libraries;
    }

    /// <summary>The series that all of them belong to.</summary>
    public FfmpegRelease Release { get; }

    /// <summary>Names, versions and files of those that were loaded at once.</summary>
    public IReadOnlyList<LibAvLibrary> Libraries { get; }

    /// <summary>The handle of a library by its short name, loaded if need be; 0 for any other library.</summary>
    /// <exception cref="LibAvException">It is one of those that are loaded later, and cannot be.</exception>
    public nint Find(string name)
    {
        lock (_gate)
        {
            if (!_handles.TryGetValue(name, out var handle) && Release.Later.FirstOrDefault(l => l.Name == name) is { Name: not null } later)
            {
                handle = LoadLater(later.Name, later.Major).Handle;
            }

            return handle;
        }
    }

    /// <summary>Loads those too that are loaded when they are first needed, and gives all of them.</summary>
    /// <exception cref="LibAvException">One cannot be loaded; the message says what to do.</exception>
    public IReadOnlyList<LibAvLibrary> LoadAll()
    {
        lock (_gate)
        {
            return [.. Libraries, .. Release.Later.Select(l => LoadLater(l.Name, l.Major).Library)];
        }
    }

    /// <summary>Loads the newest release that is there as a whole.</summary>
    /// <param name="folder">Where to look, null for the system's own search path.</param>
    /// <exception cref="LibAvException">None is there, or only one that is not known: the message says what to do.</exception>
    public static NativeLibrarySet Load(string? folder)
    {
        var incomplete = new List<string>();
        foreach (var release in FfmpegRelease.Known)
        {
            if (TryLoad(release, folder, incomplete) is { } set)
            {
                return set;
            }
        }

        var place = folder is null ? "" : $" in {folder}";
        if (incomplete.Count > 0)
        {
            throw Unusable($"FFmpeg's libraries{place} are incomplete: {string.Join("; ", incomplete)}.");
        }

        var foreign = Enumerable.Range(OldestForeign, NewestForeign - OldestForeign + 1).FirstOrDefault(major => IsThere(folder, "avformat", major));
        var known = $"libavformat {FfmpegRelease.Known[^1].Format} to {FfmpegRelease.Known[0].Format} (FFmpeg {FfmpegRelease.Known[^1].Name} to {FfmpegRelease.Known[0].Name})";
        throw Unusable(foreign != 0
            ? $"The FFmpeg found{place} has libavformat {foreign}, but VisionStream knows {known}: install one of those, or name the folder of one in {LibAvLibraries.FolderVariable}."
            : $"FFmpeg's libraries were not found{place}: install {known} with `apt-get install ffmpeg`, or name the folder that holds them in {LibAvLibraries.FolderVariable}.");
    }

    private static NativeLibrarySet? TryLoad(FfmpegRelease release, string? folder, List<string> incomplete)
    {
        var handles = new Dictionary<string, nint>();
        var libraries = new List<LibAvLibrary>();
        var missing = new List<(string Name, int Major)>();
        foreach (var (name, major) in release.Libraries)
        {
            var file = FileName(folder, name, major);
            if (!NativeLibrary.TryLoad(file, out var handle))
            {
                missing.Add((name, major));
                continue;
            }

            handles.Add(name, handle);
            libraries.Add(new LibAvLibrary(name, VersionOf(handle, name, file, major), file));
        }

        if (missing.Count == 0)
        {
            return new NativeLibrarySet(release, folder, handles, libraries);
        }

        if (handles.ContainsKey("avformat"))
        {
            var files = string.Join(", ", missing.Select(library => $"lib{library.Name}.so.{library.Major}"));
            var packages = string.Join(" ", missing.Select(library => $"lib{library.Name}{library.Major}"));
            incomplete.Add($"of FFmpeg {release.Name}, {files} cannot be loaded (`apt-get install {packages}`)");
        }

        foreach (var handle in handles.Values)
        {
            NativeLibrary.Free(handle);
        }

        return null;
    }

    private (nint Handle, LibAvLibrary Library) LoadLater(string name, int major)
    {
        var file = FileName(_folder, name, major);
        if (!_handles.TryGetValue(name, out var handle))
        {
            if (!NativeLibrary.TryLoad(file, out handle))
            {
                throw Unusable($"This needs lib{name}.so.{major} of FFmpeg {Release.Name}, which cannot be loaded (`apt-get install lib{name}{major}`).");
            }

            _handles.Add(name, handle);
        }

        return (handle, new LibAvLibrary(name, VersionOf(handle, name, file, major), file));
    }

    private static Version VersionOf(nint handle, string name, string file, int major)
    {
        if (!NativeLibrary.TryGetExport(handle, $"{name}_version", out var export))
        {
            throw Unusable($"{file} is not FFmpeg's: it has no function {name}_version.");
        }

        // major << 16 | minor << 8 | micro (libavutil/version.h, AV_VERSION_INT).
        var packed = ((delegate* unmanaged[Cdecl]<uint>)export)();
        var version = new Version((int)(packed >> 16), (int)(packed >> 8 & 0xFF), (int)(packed & 0xFF));
        return version.Major == major ? version : throw Unusable($"{file} says that it is lib{name} {version}, but its name promises major {major}; FFmpeg is not installed properly.");
    }

    private static bool IsThere(string? folder, string name, int major)
    {
        if (!NativeLibrary.TryLoad(FileName(folder, name, major), out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    private static string FileName(string? folder, string name, int major)
    {
        var file = $"lib{name}.so.{major}";
        return folder is null ? file : Path.Combine(Path.GetFullPath(folder), file);
    }

    private static LibAvException Unusable(string message)
    {
        return new LibAvException(message, LibAvError.LibrariesUnusable);
    }
}
