using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>
/// Where the native ONNX Runtime is looked for, in this order: the file or folder that <c>VISIONSTREAM_ONNXRUNTIME</c> names; the cache
/// that <c>eng/onnxruntime/install.sh</c> fills; <c>runtimes/RID/native</c> beside the application; the system's library path.
/// </summary>
/// <param name="Override">Value of <see cref="Variable"/>; null or empty when it is not set. A set variable is binding: nothing else is tried.</param>
/// <param name="CacheFolder">The user's cache folder, <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>.</param>
/// <param name="AppFolder">Folder of the application's assemblies.</param>
/// <param name="Rid">Runtime identifier, for instance <c>linux-x64</c>.</param>
internal sealed record OrtLibrarySearch(string? Override, string CacheFolder, string AppFolder, string Rid)
{
    /// <summary>The release that set-up installs and the tests run with.</summary>
    internal const string InstalledVersion = "1.30.0";

    /// <summary>Environment variable that names the library's file, or the folder it is in.</summary>
    internal const string Variable = "VISIONSTREAM_ONNXRUNTIME";

    /// <summary>File name of the library, which is also its soname.</summary>
    internal const string FileName = "libonnxruntime.so.1";

    /// <summary>The search as this process sees it.</summary>
    internal static OrtLibrarySearch FromEnvironment()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return new OrtLibrarySearch(
            Environment.GetEnvironmentVariable(Variable),
            // The XDG specification says that a relative path there is to be ignored.
            Path.IsPathRooted(cache) ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            AppContext.BaseDirectory,
            $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
    }

    /// <summary>The file to load, or <see cref="FileName"/> alone when only the system's library path is left to try.</summary>
    /// <exception cref="DllNotFoundException"><see cref="Variable"/> is set, but there is no library at that place.</exception>
    internal string Find()
    {
        if (!string.IsNullOrEmpty(Override))
        {
            string[] named = [Override, Path.Combine(Override, FileName), Path.Combine(Override, "libonnxruntime.so")];
            return Array.Find(named, File.Exists) ?? throw new DllNotFoundException(
                $"{Variable} is '{Override}', but there is no ONNX Runtime library there; set it to the path of {FileName} or of its folder, or unset it.");
        }

        string[] usual =
        [
            Path.Combine(CacheFolder, "visionstream", "onnxruntime", InstalledVersion, Rid, FileName),
            Path.Combine(AppFolder, "runtimes", Rid, "native", FileName),
            Path.Combine(AppFolder, FileName),
        ];
        return Array.Find(usual, File.Exists) ?? FileName;
    }
}
