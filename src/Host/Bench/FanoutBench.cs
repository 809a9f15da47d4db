using System.Diagnostics;
using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary><c>bench fanout</c>: a server process, a load in this one, and a report.</summary>
internal static class FanoutBench
{
    /// <summary>Runs it and writes the report.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="server">The command that runs <see cref="FanoutServer"/> with the same options.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>0 when everybody got everything in order, else 1.</returns>
    public static async Task<int> RunAsync(FanoutOptions options, ProcessStartInfo server, TextWriter output, CancellationToken cancel)
    {
        if (FanoutLoad.WhatForbids(options.Subscribers) is { } obstacle)
        {
            await output.WriteLineAsync(obstacle).ConfigureAwait(false);
            return 1;
        }

        server.RedirectStandardInput = server.RedirectStandardOutput = true;
        using var process = Process.Start(server) ?? throw new InvalidOperationException($"{server.FileName} did not start.");

        // After the start of the server, which has to run as it does everywhere.
        FanoutLoad.UseFewThreads();
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancel).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The server of the bench ended before it said its address.");
            using var load = new FanoutLoad(options);
            var began = Stopwatch.GetTimestamp();
            await load.OpenAsync(new Uri(address), cancel).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"{options.Subscribers} connected in {seconds} s").ConfigureAwait(false);
            var report = await load.MeasureAsync(process.Id, cancel).ConfigureAwait(false);
            await output.WriteLineAsync(report.ToString()).ConfigureAwait(false);
            return report.IsComplete ? 0 : 1;
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
