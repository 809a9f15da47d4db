using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class OrtEnvTests
{
    public OrtEnvTests() => NativeOnnxRuntime.Require();

    [Fact]
    public void Environment_is_one_for_the_process()
    {
        var env = OrtEnv.Instance();

        Assert.Same(env, OrtEnv.Instance());
        Assert.True(OrtEnv.IsCreated);
        Assert.True(Version.Parse(env.GetVersionString()) >= new Version(1, 14));
        Assert.Contains("CPUExecutionProvider", env.GetAvailableProviders());
        var options = new EnvironmentCreationOptions { logId = "late" };
        Assert.Throws<OnnxRuntimeException>(() => OrtEnv.CreateInstanceWithOptions(ref options));
    }

    [Fact]
    public void Installed_library_is_the_version_that_set_up_names()
    {
        Assert.SkipUnless(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(OrtLibrarySearch.Variable))
            || OrtLibrary.LoadedFrom.Contains($"/{OrtLibrarySearch.InstalledVersion}/", StringComparison.Ordinal), "a library of one's own is named");

        Assert.Equal(OrtLibrarySearch.InstalledVersion, OrtEnv.Instance().GetVersionString());
    }

    /// <summary>The environment can be made with options only before anything else makes it, so this runs in a process of its own.</summary>
    [Theory]
    [InlineData(nameof(Log_goes_to_the_receiver_in_a_process_of_its_own))]
    [InlineData(nameof(Receiver_that_throws_harms_nothing_in_a_process_of_its_own))]
    [InlineData(nameof(Disposed_environment_lives_as_long_as_its_sessions_in_a_process_of_its_own))]
    public async Task Environment_with_options(string method)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [typeof(OrtEnvTests).Assembly.Location, "-method", $"{typeof(OrtEnvTests).FullName}.{method}", "-explicit", "only", "-noLogo", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        Assert.Contains("Total: 1,", await output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Log_goes_to_the_receiver_in_a_process_of_its_own()
    {
        Assert.False(OrtEnv.IsCreated);
        var messages = new ConcurrentQueue<(nint Param, OrtLoggingLevel Severity, string Category, string LogId, string Location, string Message)>();
        var creation = new EnvironmentCreationOptions
        {
            logId = "größe",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO,
            loggingParam = 42,
            loggingFunction = (param, severity, category, id, location, text) => messages.Enqueue((param, severity, category, id, location, text)),
        };
        var env = OrtEnv.CreateInstanceWithOptions(ref creation);
        Assert.Same(env, OrtEnv.Instance());
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO, env.EnvLogLevel);

        using (var options = new SessionOptions { LogId = "session", LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO })
        using (new InferenceSession(OnnxFile.Add(), options))
        {
            GC.Collect(); // The receiver is reachable from native code only.
        }

        Assert.NotEmpty(messages);
        Assert.All(messages, m => Assert.Equal(42, m.Param));
        Assert.All(messages, m => Assert.InRange(m.Severity, OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO, OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL));
        Assert.Contains(messages, m => m.LogId == "session" && m.Category == "onnxruntime" && m.Location.Contains(".cc", StringComparison.Ordinal) && m.Message.Length > 0);

        env.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        messages.Clear();
        using (new InferenceSession(OnnxFile.Add()))
        {
        }

        Assert.DoesNotContain(messages, m => m.Severity == OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO && m.LogId == "größe");
    }

    [Fact(Explicit = true)]
    public void Receiver_that_throws_harms_nothing_in_a_process_of_its_own()
    {
        var calls = 0;
        var creation = new EnvironmentCreationOptions
        {
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO,
            loggingFunction = (_, _, _, _, _, _) =>
            {
                Interlocked.Increment(ref calls);
                throw new InvalidOperationException("full");
            },
        };
        OrtEnv.CreateInstanceWithOptions(ref creation);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_INFO };

        using var session = new InferenceSession(OnnxFile.Add(), options);

        Assert.Equal(["y"], session.OutputNames);
        Assert.True(calls > 0);
    }

    [Fact(Explicit = true)]
    public void Disposed_environment_lives_as_long_as_its_sessions_in_a_process_of_its_own()
    {
        var first = OrtEnv.Instance();
        using (var session = new InferenceSession(OnnxFile.Relu(2)))
        {
            first.Dispose();
            using var options = new RunOptions();
            using var x = OrtValue.CreateTensorValueFromMemory([-1f, 1f], [2]);
            using var outputs = session.Run(options, ["x"], [x], ["y"]);
            Assert.Equal([0f, 1f], outputs[0].GetTensorDataAsSpan<float>());
        }

        Assert.False(OrtEnv.IsCreated);
        Assert.Throws<ObjectDisposedException>(first.GetVersionString);
        using var again = new InferenceSession(OnnxFile.Add());
        Assert.NotSame(first, OrtEnv.Instance());
    }
}
