namespace VisionStream.Restream.Relaying;

/// <summary>
/// For one thread. Estimates how many packets of a track were lost on the way, from the gaps that they leave in the times: a gap of
/// three usual distances is two packets. Exact for a steady rate; a camera that changes its rate is adapted to.
/// </summary>
internal sealed class GapCounter
{
    // How fast the usual distance follows the real ones.
    private const double Learning = 1.0 / 16;

    // A longer silence is a pause of the source, not a loss.
    private const double LongestGapSeconds = 5;

    private double? _last;
    private double? _usual;

    /// <summary>Packets that seem to be missing so far.</summary>
    public long Lost { get; private set; }

    /// <summary>Enters the time of the next packet in order of decoding.</summary>
    public void Observe(double seconds)
    {
        var distance = seconds - _last;
        _last = seconds;
        if (distance is not (> 0 and < LongestGapSeconds))
        {
            return;
        }

        if (_usual is not { } usual)
        {
            _usual = distance;
            return;
        }

        var missing = (long)Math.Round(distance.Value / usual) - 1;
        Lost += Math.Max(0, missing);

        // A gap teaches its share only, so that a rate that has really halved is learnt after a while.
        _usual = usual + ((distance.Value - usual) * Learning);
    }

    /// <summary>Forgets the last time: the source was opened again.</summary>
    public void Restart() => _last = null;
}
