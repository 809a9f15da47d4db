using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class OrtLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream-ort-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Named_file_wins()
    {
        var mine = Touch("mine.so");
        Touch("cache/visionstream/onnxruntime/1.30.0/linux-x64/libonnxruntime.so.1");

        Assert.Equal(mine, Search(mine).Find());
    }

    [Theory]
    [InlineData("libonnxruntime.so.1")]
    [InlineData("libonnxruntime.so")]
    public void Named_folder_is_looked_into(string file)
    {
        var mine = Touch($"mine/{file}");

        Assert.Equal(mine, Search(Path.GetDirectoryName(mine)).Find());
    }

    [Fact]
    public void Named_place_without_a_library_is_an_error_and_not_passed_over()
    {
        Touch("cache/visionstream/onnxruntime/1.30.0/linux-x64/libonnxruntime.so.1");

        var e = Assert.Throws<DllNotFoundException>(() => Search("/nowhere/at/all").Find());

        Assert.StartsWith("VISIONSTREAM_ONNXRUNTIME is '/nowhere/at/all', but there is no ONNX Runtime library there", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_comes_before_the_application_and_that_before_the_system()
    {
        Assert.Equal("libonnxruntime.so.1", Search("").Find());

        var beside = Touch("app/libonnxruntime.so.1");
        Assert.Equal(beside, Search(null).Find());

        var application = Touch("app/runtimes/linux-x64/native/libonnxruntime.so.1");
        Assert.Equal(application, Search(null).Find());

        var cache = Touch("cache/visionstream/onnxruntime/1.30.0/linux-x64/libonnxruntime.so.1");
        Assert.Equal(cache, Search(null).Find());
    }

    [Fact]
    public void Set_up_installs_where_the_search_looks()
    {
        var script = File.ReadAllText(Path.Combine(NativeOnnxRuntime.Root(), "eng", "onnxruntime", "install.sh"));

        Assert.Contains($"\nversion={OrtLibrarySearch.InstalledVersion} ", script, StringComparison.Ordinal);
        Assert.Contains("visionstream/onnxruntime/$version/linux-$arch", script, StringComparison.Ordinal);
        Assert.Contains($"/{OrtLibrarySearch.FileName}\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_that_is_nowhere_ends_in_a_sentence()
    {
        var e = Assert.Throws<DllNotFoundException>(() => Open("libonnxruntime-that-nobody-has.so.1"));

        Assert.Equal(
            "The native ONNX Runtime (libonnxruntime-that-nobody-has.so.1) was not found; ./run installs it, ./run doctor shows where it was looked for, and the variable VISIONSTREAM_ONNXRUNTIME names a copy of your own.",
            e.Message);
    }

    [Fact]
    public void File_that_is_no_library_ends_in_a_sentence()
    {
        var file = Touch("libonnxruntime.so.1");
        File.WriteAllText(file, "not a library");

        var e = Assert.Throws<DllNotFoundException>(() => Open(file));

        Assert.StartsWith($"ONNX Runtime at {file} cannot be loaded (", e.Message, StringComparison.Ordinal);
        Assert.Single(e.Message.Split('\n'));
    }

    [Fact]
    public async Task Library_of_something_else_ends_in_a_sentence()
    {
        var file = await CCompiler.Library(_folder.FullName, "int answer(void) { return 42; }");

        var e = Assert.Throws<DllNotFoundException>(() => Open(file));

        Assert.StartsWith($"{file} is not an ONNX Runtime library: it has no OrtGetApiBase; ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_that_is_too_old_is_named_with_the_version_that_is_needed()
    {
        var file = await CCompiler.Library(
            _folder.FullName,
            """
            #include <stddef.h>
            #include <stdint.h>
            static int table;
            static const void* get_api(uint32_t version) { return version <= 12 ? &table : NULL; }
            static const char* get_version(void) { return "1.12.1"; }
            struct base { const void* (*get_api)(uint32_t); const char* (*get_version)(void); };
            const struct base* OrtGetApiBase(void) { static const struct base b = { get_api, get_version }; return &b; }
            """);

        var e = Assert.Throws<DllNotFoundException>(() => Open(file));

        Assert.StartsWith($"ONNX Runtime at {file} is 1.12.1, but VisionStream needs 1.14 or newer; ./run installs 1.30.0", e.Message, StringComparison.Ordinal);
    }

    private static unsafe void Open(string path)
    {
        Assert.True(OrtLibrary.Open(path, out _) != null);
    }

    private OrtLibrarySearch Search(string? named) =>
        new(named, Path.Combine(_folder.FullName, "cache"), Path.Combine(_folder.FullName, "app"), "linux-x64");

    private string Touch(string path)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
