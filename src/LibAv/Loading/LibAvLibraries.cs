using System.Runtime.InteropServices;
using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>
/// Finds and loads FFmpeg, once for the process. Thread safe. Every owner type calls <see cref="Load"/> by itself; call it
/// early to learn what is there, or to fail at start instead of at the first stream.
/// </summary>
public static unsafe class LibAvLibraries
{
    /// <summary>Environment variable with the folder of FFmpeg's libraries, for an FFmpeg that is not the system's own.</summary>
    /// <remarks>Libraries of other projects that FFmpeg needs (codecs) are still found by the system; put them on LD_LIBRARY_PATH if they lie in that folder too.</remarks>
    public const string FolderVariable = "VISIONSTREAM_FFMPEG_DIR";

    private static readonly Lazy<(NativeLibrarySet Set, LibAvVersions Versions)> Loaded = new(LoadOnce);
    private static readonly Lock DevicesGate = new();
    private static bool _devicesRegistered;

    /// <summary>Loads FFmpeg unless that is done, and says what was loaded.</summary>
    /// <exception cref="LibAvException">No FFmpeg is there, or none of a known version; the same answer every time.</exception>
    public static LibAvVersions Load()
    {
        return Loaded.Value.Versions;
    }

    /// <summary>
    /// As <see cref="Load"/>, with what filters and devices need too. Otherwise those are loaded when the first of them is used: a
    /// service that reads and writes streams does without, which saves it their memory.
    /// </summary>
    /// <exception cref="LibAvException">One of them is not there.</exception>
    public static LibAvVersions LoadAll()
    {
        var (set, versions) = Loaded.Value;
        return versions with { Libraries = set.LoadAll() };
    }

    /// <summary>Makes the input formats of cameras, microphones and filter graphs known to libavformat, once for the process.</summary>
    /// <exception cref="LibAvException">libavdevice is not there.</exception>
    internal static void RegisterDevices()
    {
        _ = Load();
        lock (DevicesGate)
        {
            if (!_devicesRegistered)
            {
                _ = Loaded.Value.Set.Find("avdevice");
                DeviceFunctions.avdevice_register_all();
                _devicesRegistered = true;
            }
        }
    }

    /// <summary>Major of libavfilter, which need not be loaded for that.</summary>
    internal static int FilterMajor => Loaded.Value.Set.Release.Filter;

    /// <summary>Whether the loaded library has a function that older majors lack.</summary>
    internal static bool HasExport(string library, string function)
    {
        return NativeLibrary.TryGetExport(Loaded.Value.Set.Find(library), function, out _);
    }

    private static (NativeLibrarySet Set, LibAvVersions Versions) LoadOnce()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        var set = NativeLibrarySet.Load(string.IsNullOrWhiteSpace(folder) ? null : folder);
        var layout = StructLayout.Of(set.Release.Format) ?? throw new LibAvException($"There is no offset table for libavformat {set.Release.Format}.", LibAvError.LibrariesUnusable);
        NativeLibrary.SetDllImportResolver(typeof(LibAvLibraries).Assembly, (name, _, _) => set.Find(name));
        Layout.Use(layout);

        // Errors are exceptions or results already; without a logger attached the terminal stays quiet.
        UtilFunctions.av_log_set_level(NativeConstants.AV_LOG_FATAL);
        // Documented as optional, but it initialises TLS libraries before threads use them.
        _ = Averror.Check(FormatFunctions.avformat_network_init(), "Initialising FFmpeg's network layer");
        var release = Marshal.PtrToStringUTF8((nint)UtilFunctions.av_version_info()) ?? "of unknown version";
        return (set, new LibAvVersions(release, set.Libraries));
    }
}
