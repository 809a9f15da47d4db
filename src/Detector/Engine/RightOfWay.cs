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

    /// <summary>An analysis begins. Whoever calls this calls <see cref="End"/> when it is over, however it ends.</summary>
    /// <param name="detector">What analyses.</param>
    /// <param name="gives">Whether it gives way.</param>
    public void Begin(FrameDetector detector, bool gives)
    {
        lock (_gate)
        {
            _yielding = gives ? detector : null;
        }
    }

    /// <summary>Something new has arrived: the analysis under way ends now if it gives way.</summary>
    public void Claim()
    {
        lock (_gate)
        {
            _yielding?.Interrupt();
            _yielding = null;
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
}
