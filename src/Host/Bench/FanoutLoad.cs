using System.Net;
using System.Net.Sockets;

namespace VisionStream.Host.Bench;

/// <summary>
/// One caller. Subscribes with many connections from one process and measures what a server makes of it. Call
/// <see cref="UseFewThreads"/> before anything in the process has used a socket.
/// </summary>
internal sealed class FanoutLoad : IDisposable
{
    private readonly FanoutOptions _options;
    private readonly FanoutConnection[] _connections;
    private FanoutTally? _tally;
    private long _newest;

    /// <summary>Makes the connections; none is opened.</summary>
    public FanoutLoad(FanoutOptions options)
    {
        _options = options;
        var buffers = new byte[options.Subscribers * FanoutConnection.BufferBytes];
        _connections =
        [
            .. Enumerable.Range(0, options.Subscribers).Select(i =>
                new FanoutConnection(buffers.AsMemory(i * FanoutConnection.BufferBytes, FanoutConnection.BufferBytes), Arrived)),
        ];
    }

    /// <summary>
    /// Has one thread receive for all sockets and look at what came on the spot, which costs a fraction of handing every receive
    /// to the thread pool. .NET reads these variables when the first socket is used.
    /// </summary>
    public static void UseFewThreads()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
    }

    /// <summary>Says in a sentence why so many connections cannot be opened here; <see langword="null"/> when they can.</summary>
    public static string? WhatForbids(int connections)
    {
        // Some for the runtime, libraries and the listener.
        var needed = connections + 256;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var limit, _] && long.TryParse(limit, out var files)
            ? files
            : long.MaxValue;
        return hard >= needed
            ? null
            : $"{connections} connections need {needed} open files, and this shell allows {hard}; as root, 'ulimit -Hn {needed}' raises it.";
    }

    /// <summary>Opens all connections and waits until each is greeted.</summary>
    public async Task OpenAsync(Uri server, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(server.Host, AddressFamily.InterNetwork, cancel).ConfigureAwait(false);
        var endPoint = new IPEndPoint(addresses[0], server.Port);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_options.ConnectTimeout);
        await Parallel.ForEachAsync(
            _connections,
            new ParallelOptions { MaxDegreeOfParallelism = _options.ConnectAtOnce, CancellationToken = deadline.Token },
            async (connection, stop) => await connection.OpenAsync(endPoint, server.PathAndQuery, stop)).ConfigureAwait(false);
        await UntilAsync(() => _connections.All(c => c.Scanner.IsGreeted), deadline.Token).ConfigureAwait(false);
    }

    /// <summary>Measures for as long as the options say.</summary>
    /// <param name="serverProcess">The process whose processor time is counted.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<FanoutReport> MeasureAsync(int serverProcess, CancellationToken cancel)
    {
        await UntilAsync(() => Volatile.Read(ref _newest) > 0, cancel).ConfigureAwait(false);
        using (var warm = new PeriodicTimer(_options.WarmUp))
        {
            await warm.WaitForNextTickAsync(cancel).ConfigureAwait(false);
        }

        // The next message may be on its way to some already; the one after it is not.
        var messages = (int)(_options.Duration.TotalSeconds * _options.Rate);
        var start = Volatile.Read(ref _newest) + 2;
        var tally = new FanoutTally(start, messages);
        Volatile.Write(ref _tally, tally);
        await UntilAsync(() => Volatile.Read(ref _newest) >= start - 1, cancel).ConfigureAwait(false);
        var before = ProcessUsage.Of(serverProcess);
        await UntilAsync(() => Volatile.Read(ref _newest) >= start + messages, cancel).ConfigureAwait(false);
        var finishedAt = TimeProvider.System.GetTimestamp();
        await UntilAsync(
            () => tally.IsComplete(Alive) || TimeProvider.System.GetElapsedTime(finishedAt) > _options.Patience, cancel).ConfigureAwait(false);
        var after = ProcessUsage.Of(serverProcess);
        return Report(tally, messages, before, after);
    }

    /// <summary>Ends all connections.</summary>
    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private int Alive => _connections.Count(c => c.Ended is null);

    private FanoutReport Report(FanoutTally tally, int messages, ProcessUsage before, ProcessUsage after)
    {
        var spreads = tally.Spreads();
        var delivered = Math.Max(1, tally.Delivered);
        var kernel = (after.Kernel - before.Kernel).TotalMicroseconds;
        return new FanoutReport(
            _connections.Length,
            messages,
            tally.Delivered,
            _connections.Sum(c => c.Scanner.Gaps),
            _connections.Sum(c => c.Scanner.Disordered),
            _connections.Length - Alive,
            (double)tally.Bytes / delivered,
            Percentile.Of(spreads, 0.5),
            Percentile.Of(spreads, 0.99),
            Percentile.Of(spreads, 1),
            ((after.User - before.User).TotalMicroseconds + kernel) / delivered,
            kernel / delivered,
            after.ResidentBytes / 1e6);
    }

    private void Arrived(long sequence, int bytes)
    {
        Volatile.Read(ref _tally)?.Arrived(sequence, bytes);
        if (sequence > Volatile.Read(ref _newest))
        {
            Volatile.Write(ref _newest, sequence);
        }
    }

    private async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            if (Alive == 0)
            {
                throw new InvalidOperationException($"All connections have ended, the first with: {_connections[0].Ended}");
            }

            await look.WaitForNextTickAsync(cancel).ConfigureAwait(false);
        }
    }
}
