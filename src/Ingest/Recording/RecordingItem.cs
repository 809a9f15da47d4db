using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>What waits to be written: a packet, or the tracks that all packets behind it belong to. Whoever takes it owns it.</summary>
/// <param name="Packet">A second reference to a packet's data.</param>
/// <param name="Tracks">The pictures first; a new file begins.</param>
internal readonly record struct RecordingItem(Packet? Packet, IReadOnlyList<RecordedTrack>? Tracks) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Packet?.Dispose();
        foreach (var track in Tracks ?? [])
        {
            track.Dispose();
        }
    }
}
