using VisionStream.Core.Detections;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread. How many results a second came in lately. It goes by the results' own numbers, so that one which was never
/// shown counts too.
/// </summary>
internal sealed class ResultRate(TimeProvider time)
{
    // Three seconds at 10 results a second: steady enough to read, quick enough to show trouble.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly (long At, long Sequence)[] _seen = new (long, long)[128];
    private string? _session;
    private int _count;
    private int _next;

    /// <summary>Enters a result that has just been seen for the first time.</summary>
    public void Observe(FrameDetections result)
    {
        if (result.Session.Id != _session)
        {
            (_session, _count) = (result.Session.Id, 0);
        }

        _seen[_next] = (time.GetTimestamp(), result.Sequence);
        _next = (_next + 1) % _seen.Length;
        _count = Math.Min(_count + 1, _seen.Length);
    }

    /// <summary>Results a second over the last seconds, or 0.</summary>
    public double PerSecond()
    {
        var first = default((long At, long Sequence));
        var newest = default((long At, long Sequence));
        for (var i = 1; i <= _count; i++)
        {
            var seen = _seen[(_next - i + _seen.Length) % _seen.Length];
            if (time.GetElapsedTime(seen.At) > Window)
            {
                break;
            }

            (first, newest) = (seen, i == 1 ? seen : newest);
        }

        var span = time.GetElapsedTime(first.At, newest.At).TotalSeconds;
        return span > 0 ? (newest.Sequence - first.Sequence) / span : 0;
    }
}
