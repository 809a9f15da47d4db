using System.Diagnostics;

namespace VisionStream.Tests.OnnxRuntime;

/// <summary>The machine's C compiler; a test that needs it is skipped on a laptop without one and fails on CI.</summary>
internal static class CCompiler
{
    /// <summary>Compiles and runs a program, and returns what it prints.</summary>
    internal static async Task<string> Run(string source)
    {
        var folder = Directory.CreateTempSubdirectory("visionstream-c-");
        try
        {
            var program = await Compile(folder.FullName, source, "program");
            return await Execute(program);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles a shared library into <paramref name="folder"/> and returns its path.</summary>
    internal static Task<string> Library(string folder, string source) => Compile(folder, source, "library.so", "-shared", "-fPIC");

    private static async Task<string> Compile(string folder, string source, string output, params string[] options)
    {
        var gcc = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, "gcc")).FirstOrDefault(File.Exists);
        NativeOnnxRuntime.Existing(gcc, "gcc");
        var file = Path.Combine(folder, "source.c");
        await File.WriteAllTextAsync(file, source);
        var result = Path.Combine(folder, output);
        await Execute(gcc!, [.. options, "-o", result, file]);
        return result;
    }

    private static async Task<string> Execute(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return await output;
    }
}
