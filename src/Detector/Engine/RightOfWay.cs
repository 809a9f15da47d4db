using VisionStream.Detector.Models;

namespace VisionStream.Detector.Engine;

/// <summary>
/// Safe from any thread; a lock is held for microseconds. Lets a frame that shows something new cut short the analysis of one that
/// shows what was there before: its result would only repeat the last one, and the new frame need not wait for it.
/// </summary>
internal sealed class RightOfWay
{
    private readonly Lock _gate = new();
    private FrameDetector? _yielding;
    private long _analysed;
    private long _claimant;

    /// <summary>An analysis begins. Whoever calls this calls <see cref="End"/> when it is over, however it ends.</summary>
    /// <param name="detector">What analyses.</param>
    /// <param name="frame">The id of what it analyses.</param>
    /// <param name="gives">Whether it gives way, also to a newer frame that has claimed already.</param>
    public void Begin(FrameDetector detector, long frame, bool gives)
    {
        lock (_gate)
        {
            (_yielding, _analysed) = (gives ? detector : null, frame);
            GiveWay();
        }
    }

    /// <summary>
    /// A frame that shows something new has arrived: the analysis of an older one ends now if it gives way. It may be the very frame
    /// that is analysed, because the engine finds a frame in the ring before it has been looked at.
    /// </summary>
    /// <param name="frame">Its id.</param>
    public void Claim(long frame)
    {
        lock (_gate)
        {
            _claimant = frame;
            GiveWay();
        }
    }

    /// <summary>The analysis is over; the detector can be used again.</summary>
    public void End(FrameDetector detector)
    {
        lock (_gate)
        {
            _yielding = null;
            detector.Resume();
        }
    }

    private void GiveWay()
    {
        if (_claimant > _analysed)
        {
            _yielding?.Interrupt();
            _yielding = null;
        }
    }
}
