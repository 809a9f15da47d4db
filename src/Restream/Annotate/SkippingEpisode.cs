namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread. Tells when an episode of skipped frames begins. An encoder at its limit skips a few frames, sends a few and skips
/// again, so an episode is over only when none was skipped for a while.
/// </summary>
internal sealed class SkippingEpisode(TimeProvider time)
{
    /// <summary>How long frames have to follow each other until the next skipped one begins another episode.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);

    private bool _isFirst = true;
    private long _before;
    private long? _lastAt;

    /// <summary>Begins with the next frame: what was missed before it is no news.</summary>
    public void Rebase() => _isFirst = true;

    /// <summary>Takes the count of skipped frames, with each frame.</summary>
    /// <returns>Whether an episode begins.</returns>
    public bool Begins(long skipped)
    {
        var isSkipping = skipped != _before && !_isFirst;
        (_isFirst, _before) = (false, skipped);
        if (!isSkipping)
        {
            return false;
        }

        var begins = _lastAt is not { } last || time.GetElapsedTime(last) >= Calm;
        _lastAt = time.GetTimestamp();
        return begins;
    }
}
