using Microsoft.Extensions.Logging;
using VisionStream.LibAv;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Publish;

/// <summary>
/// Safe from any thread; each run has a thread of its own. Publishes a file, a camera or a test picture as a live stream, and opens
/// source and target again when either is lost.
/// </summary>
/// <param name="logger">Hears of encoders that had to be replaced.</param>
/// <param name="time">The clock that is kept to (default: the system's).</param>
public sealed class Publisher(ILogger logger, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Publishes until the source ends, the time is up, or it is told to stop.</summary>
    /// <param name="options">What, how and where to.</param>
    /// <param name="progress">Told twice a second how it goes, and of everything that happens; called on the run's own thread.</param>
    /// <param name="cancellationToken">Ends it within about the target's time-out.</param>
    public Task<PublishResult> RunAsync(PublishOptions options, IProgress<PublishProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            new PublishMeter(progress, _time).Notice(string.Join(' ', errors));
            return Task.FromResult(PublishResult.InvalidOptions);
        }

        // libav blocks, which the pool's threads must not.
        return Task.Factory.StartNew(
            () => Run(options, new PublishMeter(progress, _time), cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private PublishResult Run(PublishOptions options, PublishMeter meter, CancellationToken cancellationToken)
    {
        using var signal = new WakeSignal(_time);
        using var wake = cancellationToken.Register(signal.Set);
        for (var attempt = 1; ; attempt++)
        {
            var sourceWasOpen = false;
            var targetWasOpen = false;
            var targetHasFailed = false;
            string reason;
            try
            {
                using var session = PublishSession.Open(options, _time, logger, () => sourceWasOpen = true, cancellationToken);
                targetWasOpen = true;
                meter.Notice($"Publishing {options.Source.Redacted} to {options.Target}.");
                try
                {
                    session.Run(options.Duration - meter.Before, () => meter.Tick(session));
                    return PublishResult.Completed;
                }
                finally
                {
                    targetHasFailed = session.TargetHasFailed;
                    meter.Close(session);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return PublishResult.Cancelled;
            }
            catch (LibAvException e)
            {
                reason = e.Message;
                targetHasFailed |= sourceWasOpen && !targetWasOpen;
                if (!targetHasFailed && !IsWorthAnotherTry(options, e, sourceWasOpen))
                {
                    meter.Notice(reason);
                    return PublishResult.SourceFailed;
                }
            }

            attempt = targetWasOpen ? 1 : attempt;
            if (options.Reconnect.Before(attempt) is not { } pause)
            {
                meter.Notice($"{reason} Given up after {attempt - 1} attempts.");
                return targetHasFailed ? PublishResult.TargetFailed : PublishResult.SourceFailed;
            }

            meter.Reconnects++;
            meter.Notice($"{reason} Trying again in {pause.TotalSeconds:0.0} s.");
            signal.Pause(pause, _time, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return PublishResult.Cancelled;
            }
        }
    }

    /// <summary>A camera may come back. A file that is not there, and an option that nobody knows, stay as they are.</summary>
    private static bool IsWorthAnotherTry(PublishOptions options, LibAvException e, bool sourceWasOpen) =>
        !options.Source.IsPaced
        && e.Error is not (LibAvError.LibrariesUnusable or LibAvError.Unsupported or LibAvError.InvalidArgument)
        && (sourceWasOpen || e.Error is not LibAvError.Unauthorized);
}
