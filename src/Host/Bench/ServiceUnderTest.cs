using System.Diagnostics;
using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>The service in a process of its own, for the time of a bench.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceUnderTest(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; }

    /// <summary>What it has used so far.</summary>
    public ProcessUsage Usage => ProcessUsage.Of(_process.Id);

    /// <summary>The most memory that was resident at once, in bytes.</summary>
    public long PeakBytes
    {
        get
        {
            // VmHWM, in kB (proc(5)).
            var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line["VmHWM:".Length..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Starts <c>serve</c> and waits until it listens.</summary>
    /// <param name="executable">How to start the executable; its arguments are set here.</param>
    /// <param name="arguments">What <c>serve</c> is told, beside address and log level.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Configuration.BadInputException">It ended instead of listening; it has said on standard error why.</exception>
    public static async Task<ServiceUnderTest> StartAsync(ProcessStartInfo executable, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var port = Readiness.FreePort();
        executable.ArgumentList.Clear();
        foreach (var argument in (string[])["serve", "--listen", $"127.0.0.1:{port}", "--log-level", "warning", "--state-file", "", .. arguments])
        {
            executable.ArgumentList.Add(argument);
        }

        return await StartAsync(executable, port, cancel);
    }

    /// <summary>Starts another program and waits until it listens.</summary>
    /// <param name="command">Its command line for a shell, with <c>{url}</c>, <c>{model}</c> and <c>{port}</c>.</param>
    /// <param name="url">The stream that it reads.</param>
    /// <param name="model">The model that it uses.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Configuration.BadInputException">It ended instead of listening.</exception>
    public static Task<ServiceUnderTest> StartPeerAsync(string command, string url, string model, CancellationToken cancel)
    {
        var port = Readiness.FreePort();
        var line = command.Replace("{url}", url, StringComparison.Ordinal)
            .Replace("{model}", Path.GetFullPath(model), StringComparison.Ordinal)
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        // The shell gives way to the program, so that its processor time and memory are the process's own.
        return StartAsync(new ProcessStartInfo("/bin/sh", ["-c", $"exec {line}"]), port, cancel);
    }

    private static async Task<ServiceUnderTest> StartAsync(ProcessStartInfo start, int port, CancellationToken cancel)
    {
        start.RedirectStandardOutput = true;
        var service = new ServiceUnderTest(Process.Start(start)!, port);
        try
        {
            await Readiness.PortAsync(port, service._process, cancel);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Done when it has ended, with its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
