using VisionStream.Core.Frames;

namespace VisionStream.Detector.Cadence;

/// <summary>
/// <see cref="Look"/> is for the ingest thread, <see cref="Remember"/> for the engine's; a lock keeps them apart for microseconds.
/// Tells whether the newest frame shows something else than the last analysed one.
/// </summary>
internal sealed class SceneWatch
{
    /// <summary>
    /// Luma steps by which one cell has to differ. Key frames make still pictures flicker by up to 2 steps a cell at the bit rates
    /// that glasses and cameras use; an object with a contrast of 30 steps that covers a fifth of a cell makes 6.
    /// </summary>
    public const float Threshold = 6;

    private readonly Lock _gate = new();
    private readonly LumaGrid _reference = new();
    private readonly LumaGrid _newest = new();
    private bool _changed = true;

    /// <summary>Whether the newest frame differs from the last analysed one.</summary>
    public bool Changed => Volatile.Read(ref _changed);

    /// <summary>Compares a frame that has just arrived.</summary>
    public void Look(VideoFrame frame)
    {
        lock (_gate)
        {
            _newest.Take(frame);
            Volatile.Write(ref _changed, _newest.DistanceTo(_reference) >= Threshold);
        }
    }

    /// <summary>Makes a frame the one to compare with, because it is being analysed.</summary>
    public void Remember(VideoFrame frame)
    {
        lock (_gate)
        {
            _reference.Take(frame);
            Volatile.Write(ref _changed, _newest.DistanceTo(_reference) >= Threshold);
        }
    }
}
