using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Bench;

/// <summary>What a bench needs before it can measure: ports, and waiting.</summary>
internal static class Readiness
{
    // Short against everything that is measured, and no load for the machine.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>A port of loopback that nobody uses right now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until a port of loopback accepts connections.</summary>
    /// <exception cref="BadInputException">The process that should listen there has ended.</exception>
    public static async Task PortAsync(int port, Process process, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!await AcceptsAsync(port, cancel))
        {
            if (process.HasExited)
            {
                throw new BadInputException($"{Path.GetFileName(process.StartInfo.FileName)} ended with {process.ExitCode} before it listened; what it wrote above says why.");
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">Looked at again and again.</param>
    /// <param name="patience">How long.</param>
    /// <param name="complaint">What is wrong when it never is.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="BadInputException">It was not so in time.</exception>
    public static async Task UntilAsync(Func<bool> isSo, TimeSpan patience, Func<string> complaint, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                throw new BadInputException(complaint());
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
