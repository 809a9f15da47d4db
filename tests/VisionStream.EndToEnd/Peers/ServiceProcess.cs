namespace VisionStream.EndToEnd.Peers;

/// <summary>The built executable visionstream, run as a user runs it. Thread-safe.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private ServiceProcess(PeerProcess process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The lines on standard output: what a script reads, such as JSON.</summary>
    public LineLog Output => _process.Output;

    /// <summary>The lines on standard error: the log, and errors.</summary>
    public LineLog Errors => _process.Errors;

    /// <summary>Starts it with these arguments, such as "watch", URL.</summary>
    public static ServiceProcess Start(params IReadOnlyList<string> arguments) => Start(arguments, environment: null);

    /// <inheritdoc cref="Start(IReadOnlyList{string})"/>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set; null unsets one.</param>
    public static ServiceProcess Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        // The build of the Host that stands beside this test's build: Debug with Debug, Release with Release.
        var program = Path.Combine(Repository.Root, "src", "Host", "bin", Repository.Configuration, "net10.0", "visionstream");
        Assert.True(File.Exists(program), $"{program} is not built; build the solution in {Repository.Configuration}");
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>());
        if (Path.GetFileName(Environment.ProcessPath) == "dotnet")
        {
            // An SDK outside the usual places: the executable would not find the runtime that runs this test.
            variables.TryAdd("DOTNET_ROOT", Path.GetDirectoryName(Environment.ProcessPath));
        }

        return new ServiceProcess(PeerProcess.Start("visionstream", program, arguments, variables));
    }

    /// <summary>Waits until it accepts connections on a local port.</summary>
    public Task ListeningAsync(int port) => _process.ListeningAsync(port);

    /// <inheritdoc cref="PeerProcess.WaitForOutputAsync"/>
    public Task<string> WaitForOutputAsync(Func<string, bool> matches, int start = 0, TimeSpan? limit = null) =>
        _process.WaitForOutputAsync(matches, start, limit);

    /// <inheritdoc cref="PeerProcess.WaitForErrorAsync"/>
    public Task<string> WaitForErrorAsync(Func<string, bool> matches, int start = 0, TimeSpan? limit = null) =>
        _process.WaitForErrorAsync(matches, start, limit);

    /// <inheritdoc cref="PeerProcess.WaitForExitAsync"/>
    public Task<int> WaitForExitAsync(TimeSpan? limit = null) => _process.WaitForExitAsync(limit);

    /// <summary>Asks it to end, as Ctrl-C (Interrupt) or a service manager (Terminate) does; gives its exit code.</summary>
    public Task<int> StopAsync(UnixSignal signal = UnixSignal.Terminate, TimeSpan? limit = null)
    {
        _process.Send(signal);
        return _process.WaitForExitAsync(limit);
    }

    /// <inheritdoc cref="PeerProcess.Tail"/>
    public string Tail() => _process.Tail();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
