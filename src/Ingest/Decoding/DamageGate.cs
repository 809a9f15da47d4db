namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For one thread. Holds pictures back from a damage until decoding has started afresh, because what follows a broken picture
/// refers to it. Closed at the start of a stream too: who joins in the middle lacks the references.
/// </summary>
/// <remarks>
/// <code>
///   closed --key frame (or the 2nd fresh start)--> open --damage--> closed
/// </code>
/// A key frame opens it only when its packet came after the damage, since a decoder that reorders may give out an older one late.
/// Streams that never send whole key frames refresh themselves bit by bit from a recovery point on, or send intra pictures that
/// are not marked as a fresh start. Of both, the second after the damage opens the gate: by then the first has run its course. So
/// does the second key frame of a stream without times, whose packets cannot be told.
/// </remarks>
internal sealed class DamageGate
{
    private long _damagedAt;
    private bool _halfOpen;

    /// <summary>Whether pictures may pass.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Closes the gate: the packet with this number, or the picture made of it, is broken.</summary>
    /// <returns>Whether it was open before: an episode begins.</returns>
    public bool Close(long sequence)
    {
        var wasOpen = IsOpen;
        IsOpen = false;
        _halfOpen = false;
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
        if (IsOpen || sequence <= _damagedAt || !(isKey || isIntra))
        {
            return IsOpen;
        }

        IsOpen = (isKey && isIntra && (isCertain || _damagedAt == 0)) || _halfOpen;
        _halfOpen = true;
        return IsOpen;
    }
}
