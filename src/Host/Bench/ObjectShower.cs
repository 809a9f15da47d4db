using VisionStream.Core.Frames;

namespace VisionStream.Host.Bench;

/// <summary><see cref="ShowAsync"/> and <see cref="Hide"/> are for one caller, <see cref="RunAsync"/> for another. Publishes the scene at a steady rate, with the object or without.</summary>
internal sealed class ObjectShower(LatencyScene scene, FrameRing ring, int framesPerSecond)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<long>? _wanted;
    private long _wantedAfter;

    /// <summary>Whether the object is in the picture.</summary>
    public bool IsShown { get; private set; }

    /// <summary>When it was last taken away, as a timestamp.</summary>
    public long HiddenAt { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>Publishes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / framesPerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                TaskCompletionSource<long>? appeared = null;
                lock (_gate)
                {
                    if (_wanted is not null && TimeProvider.System.GetTimestamp() >= _wantedAfter)
                    {
                        (appeared, _wanted, IsShown) = (_wanted, null, true);
                    }
                }

                var at = TimeProvider.System.GetTimestamp();
                scene.Publish(ring, IsShown, framesPerSecond);
                appeared?.SetResult(at);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the bench.
        }
    }

    /// <summary>Puts the object into the first frame after a delay.</summary>
    /// <returns>The timestamp just before that frame went to the encoder.</returns>
    public Task<long> ShowAsync(TimeSpan delay, CancellationToken cancel)
    {
        lock (_gate)
        {
            _wanted = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _wantedAfter = TimeProvider.System.GetTimestamp() + (long)(delay.TotalSeconds * TimeProvider.System.TimestampFrequency);
            return _wanted.Task.WaitAsync(cancel);
        }
    }

    /// <summary>Takes it away again.</summary>
    public void Hide()
    {
        lock (_gate)
        {
            IsShown = false;
            HiddenAt = TimeProvider.System.GetTimestamp();
        }
    }
}
