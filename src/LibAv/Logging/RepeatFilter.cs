namespace VisionStream.LibAv;

/// <summary>Lets a kind of line through once per window and counts the others. Thread safe; bounded.</summary>
internal sealed class RepeatFilter(TimeProvider timeProvider)
{
    // Long enough that a broken stream does not fill a log, short enough that a log shows it goes on.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // libav has a few hundred messages; more kinds than this at once are forgotten together.
    private const int MostKinds = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Since, int LeftOut)> _kinds = [];

    /// <summary>Whether a line of this kind may pass now.</summary>
    /// <param name="kind">The line without what varies.</param>
    /// <param name="leftOut">How many of its kind were left out since the last one that passed.</param>
    public bool Admit(string kind, out int leftOut)
    {
        var now = timeProvider.GetTimestamp();
        lock (_lock)
        {
            if (_kinds.TryGetValue(kind, out var known) && timeProvider.GetElapsedTime(known.Since, now) < Window)
            {
                _kinds[kind] = (known.Since, known.LeftOut + 1);
                leftOut = 0;
                return false;
            }

            if (_kinds.Count >= MostKinds)
            {
                _kinds.Clear();
            }

            _kinds[kind] = (now, 0);
            leftOut = known.LeftOut;
            return true;
        }
    }
}
