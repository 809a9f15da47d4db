using Microsoft.Extensions.Logging;
using VisionStream.MediaMtx.Control;

namespace VisionStream.MediaMtx.Discovery;

/// <summary>
/// Safe from any thread. Asks MediaMTX for its paths over and over and tells the host which to watch: a path whose publisher is
/// online is attached, and detached once nobody has come back for the hold. While MediaMTX is down, slow, or answers nonsense
/// nothing is decided, so that running streams stay as they are; that is logged once an episode, and no answer ends the asking.
/// </summary>
/// <remarks>Decisions come one after another from one task; one that takes long holds up those after it, not the streams.</remarks>
public sealed class PathDiscovery : IAsyncDisposable
{
    private readonly MediaMtxClient _client;
    private readonly DiscoveryOptions _options;
    private readonly Func<PathChange, CancellationToken, ValueTask> _decide;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly PathWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _loop;
    private IReadOnlyList<MediaPath> _paths = [];
    private long _lastLook;
    private long _lostAt;
    private bool _lost;
    private bool _seen;
    private bool _overflowing;
    private bool _broken;

    /// <summary>Makes it; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="client">The control API; it stays the caller's.</param>
    /// <param name="options">Rules and times.</param>
    /// <param name="decide">
    /// What the host does about a decision. A failed <see cref="PathChangeKind.Attach"/>, told by any exception, is tried again later.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where episodes are told.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message has all that is.</exception>
    public PathDiscovery(
        MediaMtxClient client, DiscoveryOptions options, Func<PathChange, CancellationToken, ValueTask> decide, TimeProvider time, ILogger<PathDiscovery> log)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        (_client, _options, _decide, _time, _log) = (client, options, decide, time, log);
        _watch = new PathWatch(options);
    }

    /// <summary>All paths as of the last answer, for their figures; empty before the first.</summary>
    public IReadOnlyList<MediaPath> Paths => Volatile.Read(ref _paths);

    /// <summary>Whether MediaMTX answered when it was asked last.</summary>
    public bool IsReachable => Volatile.Read(ref _seen) && !Volatile.Read(ref _lost) && !Volatile.Read(ref _broken);

    /// <summary>Starts asking; a second call does nothing.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _loop ??= Task.Run(() => RunAsync(_stop.Token));
        }
    }

    /// <summary>Stops asking. No decision comes any more, and the streams stay with the host.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? loop;
        lock (_gate)
        {
            loop = _loop;
            _stop.Cancel();
        }

        if (loop is not null)
        {
            await loop.ConfigureAwait(false);
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_options.Interval, _time);
        try
        {
            do
            {
                var answered = await TryLookAsync(cancel).ConfigureAwait(false);
                timer.Period = answered ? _options.Interval : Doubled(timer.Period);
            }
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped while waiting or asking; both end here and nowhere else.
        }
    }

    private TimeSpan Doubled(TimeSpan interval) => interval * 2 < _options.LongestInterval ? interval * 2 : _options.LongestInterval;

    // Nobody awaits the loop before the end: whatever it meets it has to tell, and go on.
    private async Task<bool> TryLookAsync(CancellationToken cancel)
    {
        try
        {
            var answered = await LookAsync(cancel).ConfigureAwait(false);
            Volatile.Write(ref _broken, false);
            return answered;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            if (!_broken)
            {
                Log.LookFailed(_log, e);
            }

            Volatile.Write(ref _broken, true);
            return false;
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        var answer = await _client.ListPathsAsync(cancel).ConfigureAwait(false);
        var now = _time.GetTimestamp();
        if (!answer.IsOk)
        {
            if (!_lost)
            {
                (_lostAt, _lost) = (now, true);
                Log.MediaMtxLost(_log, answer.Sentence);
            }

            return false;
        }

        var passed = _lost || _broken || !_seen ? TimeSpan.Zero : _time.GetElapsedTime(_lastLook, now);
        if (_lost)
        {
            _lost = false;
            Log.MediaMtxBack(_log, _client.Address, _time.GetElapsedTime(_lostAt, now).TotalSeconds);
        }

        (_lastLook, _seen) = (now, true);
        Volatile.Write(ref _paths, answer.Value);
        foreach (var change in _watch.Observe(answer.Value, passed))
        {
            await DecideAsync(change, cancel).ConfigureAwait(false);
        }

        if (_watch.LeftOut > 0 && !_overflowing)
        {
            Log.TooManyPaths(_log, _watch.LeftOut, _options.MaxPaths);
        }

        _overflowing = _watch.LeftOut > 0;
        return true;
    }

    private async Task DecideAsync(PathChange change, CancellationToken cancel)
    {
        try
        {
            await _decide(change, cancel).ConfigureAwait(false);
            Log.Decided(_log, change.Name, change.Kind, change.Profile);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (change.Kind == PathChangeKind.Attach)
        {
            if (_watch.Failed(change.Name))
            {
                Log.NotAttached(_log, change.Name, e.Message, _options.RetryAfter.TotalSeconds);
            }
        }
        catch (Exception e)
        {
            Log.NotDecided(_log, change.Name, change.Kind, e);
        }
    }
}
