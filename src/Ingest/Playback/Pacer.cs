using VisionStream.Ingest.Retries;

namespace VisionStream.Ingest.Playback;

/// <summary>
/// For one thread. Plays what could be read at once at its own speed, by the decoding times of its packets. Allocates nothing.
/// </summary>
internal sealed class Pacer(TimeProvider time, Pause pause)
{
    // A step further than this, or any step back of as much, is a new time line and no wait.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(10);

    // Being late by more than this is not made up for by a burst of frames, most of which nobody would look at.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private long _anchorAt;
    private TimeSpan _anchor;
    private bool _isAnchored;
    private bool _isRewound;
    private TimeSpan _last;
    private TimeSpan _step;

    /// <summary>Waits until a packet is due; false when it was stopped before.</summary>
    /// <param name="position">The packet's decoding time.</param>
    public bool WaitFor(TimeSpan position)
    {
        if (_isRewound)
        {
            (_anchor, _last, _isRewound) = (_anchor - (_last + _step - position), position - _step, false);
        }

        if (!_isAnchored || (position - _last).Duration() > Jump)
        {
            (_anchorAt, _anchor, _isAnchored) = (time.GetTimestamp(), position, true);
        }

        _step = position > _last && position - _last < Jump ? position - _last : _step;
        _last = position;
        var delay = position - _anchor - time.GetElapsedTime(_anchorAt);
        if (delay < -Patience)
        {
            (_anchorAt, _anchor) = (time.GetTimestamp(), position);
        }

        return pause.Wait(delay);
    }

    /// <summary>The next packet is the first one again; it is due a step after the last one.</summary>
    public void Rewind() => _isRewound = _isAnchored;
}
