using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Tests.OnnxRuntime;

/// <summary>What the tests of this folder need from outside: the native library, the models, the C header.</summary>
internal static class NativeOnnxRuntime
{
    private static readonly bool OnCi = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Skips the test on a laptop without the native library; fails it on CI.</summary>
    internal static void Require()
    {
        if (!OnCi)
        {
            Assert.SkipWhen(LoadError is not null, $"no native ONNX Runtime: {LoadError}");
        }

        Assert.Null(LoadError);
    }

    /// <summary>Path of a test model; the test is skipped on a laptop without the models and fails on CI.</summary>
    internal static string Model(string file)
    {
        Require();
        var folder = Ancestors(AppContext.BaseDirectory).Select(d => Path.Combine(d, "..", "shared", "models")).FirstOrDefault(Directory.Exists);
        return Existing(folder is null ? null : Path.Combine(folder, file), $"the test model {file}");
    }

    /// <summary>Path of the C header that eng/onnxruntime/header.sh or the distribution brings; otherwise as <see cref="Model"/>.</summary>
    internal static string Header()
    {
        var search = OrtLibrarySearch.FromEnvironment();
        string[] places = [Path.Combine(search.CacheFolder, "visionstream", "onnxruntime", "header"), "/usr/include/onnxruntime"];
        return Existing(
            places.Select(p => Path.Combine(p, "onnxruntime_c_api.h")).FirstOrDefault(File.Exists), "the C header (eng/onnxruntime/header.sh fetches it)");
    }

    /// <summary>A path that exists, or a skip on a laptop and a failure on CI.</summary>
    internal static string Existing(string? path, string what)
    {
        var found = path is not null && File.Exists(path);
        Assert.SkipUnless(found || OnCi, $"{what} is not there");
        Assert.True(found, $"{what} is not there");
        return path!;
    }

    /// <summary>The repository's root.</summary>
    internal static string Root() => Ancestors(AppContext.BaseDirectory).First(d => File.Exists(Path.Combine(d, "VisionStream.sln")));

    private static string? LoadError { get; } = Load();

    private static unsafe string? Load()
    {
        try
        {
            return OrtLibrary.Api == null ? "no table" : null;
        }
        catch (DllNotFoundException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var d = new DirectoryInfo(folder); d is not null; d = d.Parent)
        {
            yield return d.FullName;
        }
    }
}
