namespace VisionStream.Core.Frames;

/// <summary>
/// Safe from any thread under <see cref="Gate"/>, which the ring shares. Remembers which leases are out, so that returning one
/// twice does nothing and a leak can be named. A fixed number of entries; taking one allocates nothing.
/// </summary>
internal sealed class LeaseBook
{
    private readonly VideoFrame?[] _frames;
    private readonly long[] _tickets;
    private readonly (string File, string Member)[] _takers;
    private long _lastTicket;

    /// <param name="capacity">How many leases may be out at once.</param>
    public LeaseBook(int capacity)
    {
        _frames = new VideoFrame?[capacity];
        _tickets = new long[capacity];
        _takers = new (string, string)[capacity];
    }

    /// <summary>Guards the book and the holder counts of the ring's frames.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Enters a lease; the caller holds <see cref="Gate"/>. False when the book is full.</summary>
    public bool TryTake(VideoFrame frame, string file, string member, out int entry, out long ticket)
    {
        ticket = 0;
        entry = Array.IndexOf(_frames, null);
        if (entry < 0)
        {
            return false;
        }

        _frames[entry] = frame;
        _tickets[entry] = ticket = ++_lastTicket;
        _takers[entry] = (file, member);
        frame.Holders++;
        return true;
    }

    /// <summary>Ends a lease; one that has ended already is left alone.</summary>
    public void Return(int entry, long ticket)
    {
        lock (Gate)
        {
            if (_tickets[entry] != ticket || _frames[entry] is not { } frame)
            {
                return;
            }

            _frames[entry] = null;
            _tickets[entry] = 0;
            frame.Holders--;
        }
    }

    /// <summary>One line for each lease that is out: frame number and who took it.</summary>
    public IReadOnlyList<string> Outstanding()
    {
        lock (Gate)
        {
            var lines = new List<string>();
            for (var i = 0; i < _frames.Length; i++)
            {
                if (_frames[i] is { } frame)
                {
                    lines.Add($"frame {frame.Id} taken by {_takers[i].Member} in {Path.GetFileName(_takers[i].File)}");
                }
            }

            return lines;
        }
    }
}
