using VisionStream.Core.Frames;

namespace VisionStream.Detector.Cadence;

/// <summary>
/// <see cref="Look"/> is for the ingest thread, <see cref="Remember"/> and <see cref="Forget"/> for the engine's; a lock keeps them
/// apart for microseconds. Tells whether a frame shows something else than the last analysed one.
/// </summary>
internal sealed class SceneWatch
{
    /// <summary>
    /// Luma steps by which one cell has to differ. Key frames make still pictures flicker by up to 2 steps a cell at the bit rates
    /// that glasses and cameras use; an object with a contrast of 30 steps that covers a fifth of a cell makes 6.
    /// </summary>
    public const float Threshold = 6;

    private readonly Lock _gate = new();
    private readonly LumaGrid _newest = new();
    private LumaGrid _reference = new();
    private LumaGrid _referenceBefore = new();
    private bool _changed = true;

    /// <summary>
    /// Whether the frame that was looked at last differs from the last analysed one. The ring's newest frame may be one further for
    /// some microseconds; <see cref="Remember"/> says it of the frame itself.
    /// </summary>
    public bool Changed => Volatile.Read(ref _changed);

    /// <summary>Compares a frame that has just arrived.</summary>
    /// <returns>Whether it differs from the last analysed one.</returns>
    public bool Look(VideoFrame frame)
    {
        lock (_gate)
        {
            _newest.Take(frame);
            return Compare();
        }
    }

    /// <summary>Makes a frame the one to compare with, because it is being analysed.</summary>
    /// <returns>Whether it differs from the one before, whether or not it has been looked at yet.</returns>
    public bool Remember(VideoFrame frame)
    {
        lock (_gate)
        {
            (_reference, _referenceBefore) = (_referenceBefore, _reference);
            _reference.Take(frame);
            Compare();
            return Differ(_reference, _referenceBefore);
        }
    }

    /// <summary>Takes the last <see cref="Remember"/> back, because that analysis was cut short. Once for each of them at most.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            (_reference, _referenceBefore) = (_referenceBefore, _reference);
            Compare();
        }
    }

    private static bool Differ(LumaGrid one, LumaGrid other) => one.DistanceTo(other) >= Threshold;

    private bool Compare()
    {
        var changed = Differ(_newest, _reference);
        Volatile.Write(ref _changed, changed);
        return changed;
    }
}
