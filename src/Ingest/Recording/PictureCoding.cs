using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>
/// For one thread. Follows how the pictures of a visit are coded: what a container says at its beginning is not the last word, since a
/// publisher may go on with another size. FLV sends a new header then, RTSP and transport streams other parameter sets in a key picture.
/// </summary>
internal sealed class PictureCoding
{
    private byte[] _announced = [];
    private byte[] _inBand = [];
    private byte[] _sequences = [];

    /// <summary>
    /// The header that counts instead of the container's; empty while that one counts. Parameter sets behind start codes, or a record such
    /// as avcC.
    /// </summary>
    public ReadOnlySpan<byte> Header => _announced.Length > 0 ? _announced : _inBand;

    /// <summary>Forgets everything: the source was opened anew.</summary>
    public void Begin() => (_announced, _inBand, _sequences) = ([], [], []);

    /// <summary>Looks at a key picture; true when it is coded otherwise than the ones before it.</summary>
    /// <param name="key">The packet, before anybody has changed it.</param>
    /// <param name="codec">libav's name of the codec.</param>
    /// <param name="container">The header that the container told; empty for none.</param>
    /// <param name="looksInside">
    /// Whether parameter sets in the picture are looked for, which every key picture repeats and which costs a pass over it; a new header
    /// of the container's is told once.
    /// </param>
    public bool IsChangedBy(Packet key, string codec, ReadOnlySpan<byte> container, bool looksInside)
    {
        if (key.NewExtradata is { Length: > 0 } header)
        {
            var isOther = !header.SequenceEqual(_announced.Length > 0 ? _announced : container);
            _announced = isOther ? header.ToArray() : _announced;
            return isOther;
        }

        // Records such as avcC begin with their version, 1; packets beside them have lengths and no start codes.
        if (!looksInside || container is [1, ..] || ParameterSets.SequencesOf(codec, key.Data) is not { Length: > 0 } sequences)
        {
            return false;
        }

        if (_sequences.Length == 0)
        {
            _sequences = ParameterSets.SequencesOf(codec, container);
        }

        var isFirst = _sequences.Length == 0;
        if (sequences.AsSpan().SequenceEqual(_sequences))
        {
            return false;
        }

        _sequences = sequences;
        if (isFirst)
        {
            return false;
        }

        _inBand = ParameterSets.Of(codec, key.Data);
        return true;
    }
}
