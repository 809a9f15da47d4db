using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>
/// The loaded native library and its one function table.
/// </summary>
/// <remarks>
/// Threading: any thread may call any member; the library is loaded once, by the first caller, and never unloaded, because function
/// pointers into it are kept. A failed load is tried again at the next call.
/// </remarks>
internal static unsafe class OrtLibrary
{
    private static readonly Lock Gate = new();
    private static OrtApi* _api;
    private static string _version = "";
    private static string _path = "";

    /// <summary>The function table.</summary>
    /// <exception cref="DllNotFoundException">No usable library: the message says what was found and what to do.</exception>
    internal static OrtApi* Api => _api != null ? _api : LoadOnce();

    /// <summary>The library's release, for instance "1.30.0".</summary>
    /// <exception cref="DllNotFoundException">As <see cref="Api"/>.</exception>
    internal static string Version => Api != null ? _version : "";

    /// <summary>The file that was loaded; a bare file name when the system's loader found it.</summary>
    /// <exception cref="DllNotFoundException">As <see cref="Api"/>.</exception>
    internal static string LoadedFrom => Api != null ? _path : "";

    /// <summary>Loads the library at <paramref name="path"/> and checks that its table is long enough.</summary>
    /// <param name="path">A file, or a bare file name for the system's loader.</param>
    /// <param name="version">The library's release.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded, is no ONNX Runtime, or is too old.</exception>
    internal static OrtApi* Open(string path, out string version)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e) when (!Path.IsPathRooted(path) && !File.Exists(path))
        {
            throw new DllNotFoundException(
                $"The native ONNX Runtime ({path}) was not found; ./run installs it, ./run doctor shows where it was looked for, and the variable {OrtLibrarySearch.Variable} names a copy of your own.", e);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException($"ONNX Runtime at {path} cannot be loaded ({e.Message.ReplaceLineEndings(" ").Trim()}); {Remedy}", e);
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
        {
            NativeLibrary.Free(library);
            throw new DllNotFoundException($"{path} is not an ONNX Runtime library: it has no OrtGetApiBase; {Remedy}");
        }

        var apiBase = ((delegate* unmanaged[Cdecl]<OrtApiBase*>)export)();
        version = Marshal.PtrToStringUTF8((nint)apiBase->GetVersionString()) ?? "of unknown version";
        var api = apiBase->GetApi(OrtApi.Version);
        return api != null ? api : throw new DllNotFoundException(
            $"ONNX Runtime at {path} is {version}, but VisionStream needs 1.{OrtApi.Version} or newer; {Remedy}");
    }

    private static string Remedy => $"./run installs {OrtLibrarySearch.InstalledVersion}, and the variable {OrtLibrarySearch.Variable} names a copy of your own.";

    private static OrtApi* LoadOnce()
    {
        lock (Gate)
        {
            if (_api == null)
            {
                var path = OrtLibrarySearch.FromEnvironment().Find();
                var api = Open(path, out var version);
                (_path, _version) = (path, version);
                _api = api;
            }

            return _api;
        }
    }
}
