using System.Buffers.Binary;
using VisionStream.Core.Audio;
using VisionStream.LibAv;

namespace VisionStream.Restream.Sound;

/// <summary>
/// Tells libav how sound is coded, in the only language that every muxer and decoder of it understands in all its releases: a
/// container's header. It is written in memory, as Matroska (RFC 9559), and opened like any other input.
/// </summary>
internal static class SoundHeader
{
    // Element ids of RFC 9559, section 5, and of EBML, RFC 8794.
    private const uint Ebml = 0x1A45DFA3;
    private const uint DocType = 0x4282;
    private const uint Segment = 0x18538067;
    private const uint Tracks = 0x1654AE6B;
    private const uint TrackEntry = 0xAE;
    private const uint TrackNumber = 0xD7;
    private const uint TrackUid = 0x73C5;
    private const uint TrackType = 0x83;
    private const uint CodecId = 0x86;
    private const uint CodecPrivate = 0x63A2;
    private const uint Audio = 0xE1;
    private const uint SamplingFrequency = 0xB5;
    private const uint Channels = 0x9F;
    private const uint Cluster = 0x1F43B675;
    private const uint Timestamp = 0xE7;

    private const byte TypeAudio = 2;

    // Tags of WAVEFORMATEX (mmreg.h), by which Matroska names what it has no name of its own for.
    private const ushort ALaw = 6;
    private const ushort MuLaw = 7;

    /// <summary>Opens an input that has one stream, coded as the format says, and no packets. The caller disposes it.</summary>
    /// <exception cref="LibAvException">The codec cannot be described, or libav does not accept the description.</exception>
    public static Demuxer Open(AudioFormat format)
    {
        var header = Convert.ToBase64String(Write(format));
        var demuxer = Demuxer.Open(
            $"data:audio/x-matroska;base64,{header}", new DemuxerOptions { InputFormat = "matroska", FindStreamInfo = false });
        if (demuxer.Audio is null)
        {
            demuxer.Dispose();
            throw new LibAvException($"libav does not take the description of {format.Codec}.", LibAvError.InvalidData);
        }

        return demuxer;
    }

    private static byte[] Write(AudioFormat format)
    {
        var (codec, codecData) = Describe(format);
        var audio = Element(Audio, [.. Element(SamplingFrequency, Float(format.SampleRate)), .. Element(Channels, [(byte)format.Channels])]);
        var track = Element(
            TrackEntry,
            [
                .. Element(TrackNumber, [1]),
                .. Element(TrackUid, [1]),
                .. Element(TrackType, [TypeAudio]),
                .. Element(CodecId, System.Text.Encoding.ASCII.GetBytes(codec)),
                .. codecData.Length > 0 ? Element(CodecPrivate, codecData) : [],
                .. audio,
            ]);

        // The reader looks for the first cluster to know that the header is complete.
        return
        [
            .. Element(Ebml, Element(DocType, "matroska"u8)),
            .. Element(Segment, [.. Element(Tracks, track), .. Element(Cluster, Element(Timestamp, [0]))]),
        ];
    }

    private static (string Codec, byte[] Data) Describe(AudioFormat format) => format.Codec switch
    {
        // Without its configuration AAC carries it in every packet (ADTS), which neither RTP nor FLV takes.
        "aac" when format.CodecData.IsEmpty => throw new LibAvException("It is AAC without a configuration.", LibAvError.InvalidData),
        "aac" => ("A_AAC", format.CodecData.ToArray()),
        "opus" => ("A_OPUS", format.CodecData.IsEmpty ? OpusHead(format) : format.CodecData.ToArray()),
        "mp3" => ("A_MPEG/L3", []),
        "pcm_alaw" => ("A_MS/ACM", WaveFormat(ALaw, format)),
        "pcm_mulaw" => ("A_MS/ACM", WaveFormat(MuLaw, format)),
        _ => throw new LibAvException($"Sound coded as {format.Codec} is not handled.", LibAvError.Unsupported),
    };

    /// <summary>The identification header of RFC 7845, section 5.1: version 1, no pre-skip, no gain, mapping family 0.</summary>
    private static byte[] OpusHead(AudioFormat format)
    {
        var head = new byte[19];
        "OpusHead"u8.CopyTo(head);
        head[8] = 1;
        head[9] = (byte)format.Channels;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), format.SampleRate);
        return head;
    }

    private static byte[] WaveFormat(ushort tag, AudioFormat format)
    {
        var wave = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(wave, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(wave.AsSpan(2), (ushort)format.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(4), format.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(8), format.SampleRate * format.Channels);
        BinaryPrimitives.WriteUInt16LittleEndian(wave.AsSpan(12), (ushort)format.Channels);
        BinaryPrimitives.WriteUInt16LittleEndian(wave.AsSpan(14), 8);
        return wave;
    }

    private static byte[] Float(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }

    /// <summary>An element: its id as it stands, its size in four bytes whose first bit but three marks their number, its content.</summary>
    private static byte[] Element(uint id, ReadOnlySpan<byte> content)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], 0x10000000u | (uint)content.Length);
        return [.. bytes[..4].TrimStart((byte)0), .. bytes[4..], .. content];
    }
}
