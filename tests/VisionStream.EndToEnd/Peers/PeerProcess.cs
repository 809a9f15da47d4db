using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// A program that a test runs beside itself, in a process group of its own that dies with this object.
/// Thread-safe. What it writes is kept for the test and goes, with times, to a log under artifacts/e2e.
/// </summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static int _count;

    private readonly Process _process;
    private readonly ProcessGroup _group;
    private readonly StreamWriter _log;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _disposed;

    private PeerProcess(string name, Process process, StreamWriter log)
    {
        Name = name;
        _process = process;
        _log = log;
        process.OutputDataReceived += (_, line) => Record(Output, "out", line.Data);
        process.ErrorDataReceived += (_, line) => Record(Errors, "err", line.Data);
        process.Start();
        _group = new ProcessGroup(process.Id);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => _process.Id;

    public LineLog Output { get; } = new();

    public LineLog Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <paramref name="program"/> with empty standard input.</summary>
    /// <param name="name">A short name for logs and messages.</param>
    /// <param name="program">The path of the executable.</param>
    /// <param name="arguments">Its arguments, unquoted.</param>
    /// <param name="environment">Variables to set; null unsets one.</param>
    public static PeerProcess Start(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // setsid makes the process the leader of a group. env undoes what a shell does to background jobs: it starts
        // them with Ctrl-C's signal ignored, and children inherit that.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT,QUIT", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[key] = value;
        }

        var path = Path.Combine(Repository.ArtifactsOfThisTest(), $"{name}-{Interlocked.Increment(ref _count)}.log");
        var log = new StreamWriter(path) { AutoFlush = true };
        log.WriteLine($"{program} {string.Join(' ', arguments)}");
        return new PeerProcess(name, new Process { StartInfo = start }, log);
    }

    /// <summary>Waits for a line on standard output.</summary>
    /// <param name="matches">Which line is awaited.</param>
    /// <param name="start">How many lines to pass over (default: 0).</param>
    /// <param name="limit">The longest wait (default: <see cref="Until.Patience"/>).</param>
    public Task<string> WaitForOutputAsync(Func<string, bool> matches, int start = 0, TimeSpan? limit = null) =>
        WaitForAsync(Output, "output", matches, start, limit);

    /// <summary>Waits for a line on standard error; the parameters are those of <see cref="WaitForOutputAsync"/>.</summary>
    public Task<string> WaitForErrorAsync(Func<string, bool> matches, int start = 0, TimeSpan? limit = null) =>
        WaitForAsync(Errors, "error", matches, start, limit);

    /// <summary>Waits until something accepts connections on a local TCP port; the process's ending fails the wait.</summary>
    public Task ListeningAsync(int port) => Until.TrueAsync(
        async () =>
        {
            Assert.False(HasExited, $"{Name} ended before it listened on port {port}:\n{Tail()}");
            return await AcceptsAsync(port);
        },
        $"{Name} to listen on port {port}");

    /// <summary>Waits until the process has ended and its streams are read; gives its exit code, 128 + N after signal N.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? limit = null)
    {
        using var deadline = Until.Deadline(limit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"{Name} did not end within {(limit ?? Until.Patience).TotalSeconds:0.#} s:\n{Tail()}");
        }

        return _process.ExitCode;
    }

    /// <summary>Sends a signal to the process and its descendants.</summary>
    public void Send(UnixSignal signal) => _group.Send(signal);

    /// <summary>The last lines of both streams, for a failure's message.</summary>
    public string Tail() => string.Join('\n', Output.Lines().TakeLast(10).Concat(Errors.Lines().TakeLast(20)));

    /// <summary>Ends the process: politely, then not. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _group.Send(UnixSignal.Terminate);
            using var grace = new CancellationTokenSource(Grace);
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _group.Dispose();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> WaitForAsync(LineLog log, string stream, Func<string, bool> matches, int start, TimeSpan? limit)
    {
        using var deadline = Until.Deadline(limit);
        string? line = null;
        try
        {
            line = await log.FirstAsync(matches, start, deadline.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"{Name} did not write the awaited line within {(limit ?? Until.Patience).TotalSeconds:0.#} s:\n{Tail()}");
        }

        if (line is null)
        {
            // What the process wrote to its other stream may not be read yet, and says why.
            using var grace = new CancellationTokenSource(Grace);
            await _process.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.Fail($"{Name} closed its {stream} stream without the awaited line:\n{Tail()}");
        }

        return line;
    }

    private void Record(LineLog lines, string stream, string? line)
    {
        if (line is not null)
        {
            var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            lock (_log)
            {
                _log.WriteLine($"{seconds} {stream} {line}");
            }
        }

        lines.Add(line);
    }
}
