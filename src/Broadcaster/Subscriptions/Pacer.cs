using VisionStream.Core.Streams;

namespace VisionStream.Broadcaster.Subscriptions;

/// <summary>
/// Not safe for several threads. Thins one subscriber's messages to <c>max_fps</c>, each stream by itself. A message may come a
/// quarter of an interval early, so that the jitter of a source at exactly the limit costs no message, and the schedule moves on
/// by whole intervals, so that the average holds.
/// </summary>
/// <param name="maxFps">Messages a second of one stream; above 0.</param>
/// <param name="ticksPerSecond">The unit of the timestamps.</param>
internal sealed class Pacer(double maxFps, long ticksPerSecond)
{
    private readonly long _interval = (long)(ticksPerSecond / maxFps);
    private readonly Dictionary<StreamName, long> _due = [];

    /// <summary>Whether a message of <paramref name="stream"/> may go out at <paramref name="now"/>; counts it when it may.</summary>
    public bool Admits(StreamName stream, long now)
    {
        if (!_due.TryGetValue(stream, out var due))
        {
            due = now;
        }
        else if (now < due - (_interval / 4))
        {
            return false;
        }

        // After a pause the schedule starts afresh instead of allowing a burst.
        _due[stream] = Math.Max(due, now - _interval) + _interval;
        return true;
    }
}
