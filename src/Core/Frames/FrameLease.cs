namespace VisionStream.Core.Frames;

/// <summary>
/// The right to read one frame of a ring until <see cref="Dispose"/>. Copies share one lease; disposing it twice is harmless.
/// Hold it briefly: a leased slot is one that the writer cannot use.
/// </summary>
/// <remarks>In Debug builds the ring remembers who took each lease and names those outstanding when it is disposed.</remarks>
public readonly struct FrameLease : IDisposable, IEquatable<FrameLease>
{
    private readonly LeaseBook? _book;
    private readonly int _entry;
    private readonly long _ticket;

    internal FrameLease(LeaseBook book, VideoFrame frame, int entry, long ticket)
    {
        _book = book;
        Frame = frame;
        _entry = entry;
        _ticket = ticket;
    }

    /// <summary>The frame; <see langword="null"/> in <c>default(FrameLease)</c> only.</summary>
    public VideoFrame Frame { get; }

    /// <summary>Gives the frame back.</summary>
    public void Dispose() => _book?.Return(_entry, _ticket);

    /// <inheritdoc/>
    public bool Equals(FrameLease other) => ReferenceEquals(_book, other._book) && _ticket == other._ticket;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FrameLease other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _ticket.GetHashCode();

    /// <summary>Whether both are the same lease.</summary>
    public static bool operator ==(FrameLease left, FrameLease right) => left.Equals(right);

    /// <summary>Whether they are different leases.</summary>
    public static bool operator !=(FrameLease left, FrameLease right) => !left.Equals(right);
}
