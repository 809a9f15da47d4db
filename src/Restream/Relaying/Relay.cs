using VisionStream.LibAv;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Relaying;

/// <summary>
/// Safe from any thread; each run has a thread of its own. Copies the packets of a source to a target without decoding them: a robot's
/// RTP over UDP, described by an .sdp file, to RTSP over TCP; RTSP to RTMP; and so on. Opens both again when either is lost.
/// </summary>
/// <param name="time">The clock (default: the system's).</param>
public sealed class Relay(TimeProvider? time = null)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(0.5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Relays until the source ends, something is given up, or it is told to stop.</summary>
    /// <param name="options">What, and where to.</param>
    /// <param name="progress">Told twice a second how it goes, and of everything that happens; called on the run's own thread.</param>
    /// <param name="cancellationToken">Ends it within about the target's time-out.</param>
    public Task<RelayResult> RunAsync(RelayOptions options, IProgress<RelayProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            progress?.Report(new RelayProgress(0, 0, 0, 0, 0, string.Join(' ', errors)));
            return Task.FromResult(RelayResult.InvalidOptions);
        }

        // libav blocks, which the pool's threads must not.
        return Task.Factory.StartNew(
            () => Run(options, progress, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private RelayResult Run(RelayOptions options, IProgress<RelayProgress>? progress, CancellationToken cancellationToken)
    {
        using var signal = new WakeSignal(_time);
        using var wake = cancellationToken.Register(signal.Set);
        var gaps = new GapCounter();
        var (packets, damaged, restarts) = (0L, 0L, 0);
        for (var attempt = 1; ; attempt++)
        {
            var sourceWasOpen = false;
            var targetWasOpen = false;
            var targetHasFailed = false;
            string reason;
            try
            {
                using var session = RelaySession.Open(options, gaps, _time, () => sourceWasOpen = true, cancellationToken);
                targetWasOpen = true;
                Report(0, 0, 0, $"Relaying {options.Source.Redacted} to {options.Target}.");
                try
                {
                    session.Run(Reporter(session), notice => Report(session.Packets, session.Damaged, 0, notice), Pacer(), cancellationToken);
                    if (options.Source.IsPaced)
                    {
                        return RelayResult.Completed;
                    }

                    reason = $"{options.Source.Redacted} has ended.";
                }
                finally
                {
                    targetHasFailed = session.TargetHasFailed;
                    packets += session.Packets;
                    damaged += session.Damaged;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return RelayResult.Cancelled;
            }
            catch (LibAvException e)
            {
                reason = e.Message;
                targetHasFailed |= sourceWasOpen && !targetWasOpen;
                if (!targetHasFailed && options.Source.IsPaced)
                {
                    Report(0, 0, 0, reason);
                    return RelayResult.SourceFailed;
                }
            }

            attempt = targetWasOpen ? 1 : attempt;
            if (options.Reconnect.Before(attempt) is not { } pause)
            {
                Report(0, 0, 0, $"{reason} Given up after {attempt - 1} attempts.");
                return targetHasFailed ? RelayResult.TargetFailed : RelayResult.SourceFailed;
            }

            restarts++;
            Report(0, 0, 0, $"{reason} Trying again in {pause.TotalSeconds:0.0} s.");
            signal.Pause(pause, _time, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return RelayResult.Cancelled;
            }
        }

        void Report(long sessionPackets, long sessionDamaged, double bitsPerSecond, string notice) => progress?.Report(new RelayProgress(
            packets + sessionPackets, gaps.Lost, damaged + sessionDamaged, bitsPerSecond, restarts, notice));

        Action Reporter(RelaySession session)
        {
            var (lastAt, lastBytes) = (_time.GetTimestamp(), 0L);
            return () =>
            {
                if (_time.GetElapsedTime(lastAt) is { } elapsed && elapsed >= ReportInterval)
                {
                    Report(session.Packets, session.Damaged, (session.Bytes - lastBytes) * 8 / elapsed.TotalSeconds, "");
                    (lastAt, lastBytes) = (_time.GetTimestamp(), session.Bytes);
                }
            };
        }

        Action<TimeSpan> Pacer()
        {
            var startedAt = _time.GetTimestamp();
            TimeSpan? first = null;
            return own =>
            {
                first ??= own;
                if (options.Source.IsPaced)
                {
                    signal.Pause(own - first.Value - _time.GetElapsedTime(startedAt), _time, cancellationToken);
                }
            };
        }
    }
}
