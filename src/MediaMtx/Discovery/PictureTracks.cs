using System.Collections.Frozen;
using VisionStream.MediaMtx.Control;

namespace VisionStream.MediaMtx.Discovery;

/// <summary>Stateless. Whether a path can have pictures in it: a microphone's path is not worth a decoder.</summary>
internal static class PictureTracks
{
    // MediaMTX's words for what is no picture, v1.9 to v1.20.
    private static readonly FrozenSet<string> Others = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Opus", "Vorbis", "MPEG-4 Audio", "MPEG-4 Audio LATM", "MPEG-1/2 Audio", "MPEG-1 Audio", "AC-3", "E-AC-3", "Speex", "G726", "G722", "G711", "LPCM", "FLAC", "KLV", "DVB Subtitle");

    /// <summary>Whether there may be some: codecs that are not known here count as pictures, and so does a path that tells none.</summary>
    public static bool MayHave(MediaPath path) => path.Tracks.Count == 0 || !path.Tracks.All(Others.Contains);
}
