namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For one thread. Holds pictures back from a damage until decoding has started afresh, because what follows a broken picture
/// refers to it. Closed at the start of a stream too: who joins in the middle lacks the references.
/// </summary>
/// <remarks>
/// <code>
///   closed --key frame (or the 2nd fresh start)--> open --damage--> closed
/// </code>
/// Packets are numbered in decoding order, and a decoder that reorders gives pictures out late. So a key frame opens the gate only
/// when its packet came after the damage, and pictures whose packets came before it may still pass: they were decoded without it.
/// Streams that never send whole key frames refresh themselves bit by bit from a recovery point on, or send intra pictures that
/// are not marked as a fresh start. Of both, the second after the damage opens the gate: by then the first has run its course. So
/// does the second key frame of a stream without times, whose packets cannot be told.
/// </remarks>
internal sealed class DamageGate
{
    private long _damagedAt;
    private long _soundFrom;
    private long _soundTo;
    private bool _halfOpen;

    /// <summary>Whether pictures may pass.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Closes the gate: the packet with this number, or the picture made of it, is broken.</summary>
    /// <returns>Whether it was open before: an episode begins.</returns>
    public bool Close(long sequence)
    {
        var wasOpen = IsOpen;
        _soundTo = wasOpen ? sequence : Math.Min(_soundTo, sequence);
        (IsOpen, _halfOpen) = (false, false);
        _damagedAt = Math.Max(_damagedAt, sequence);
        return wasOpen;
    }

    /// <summary>Whether a sound picture may pass; may open the gate.</summary>
    /// <param name="sequence">The number of its packet.</param>
    /// <param name="isCertain">Whether that is known; a guess is too high rather than too low.</param>
    /// <param name="isKey">Whether the decoder calls it a key frame: also a recovery point.</param>
    /// <param name="isIntra">Whether it was coded without reference to others.</param>
    public bool Admit(long sequence, bool isCertain, bool isKey, bool isIntra)
    {
        if (IsOpen)
        {
            return true;
        }

        if (sequence <= _damagedAt || !(isKey || isIntra))
        {
            return isCertain && sequence >= _soundFrom && sequence < _soundTo;
        }

        IsOpen = (isKey && isIntra && (isCertain || _damagedAt == 0)) || _halfOpen;
        _soundFrom = IsOpen ? sequence : _soundFrom;
        _halfOpen = true;
        return IsOpen;
    }
}
