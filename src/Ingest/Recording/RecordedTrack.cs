using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>One stream of a source as it goes into files. Immutable; owns its parameters.</summary>
/// <param name="SourceIndex">Its index at the source, which packets name.</param>
/// <param name="Parameters">How it is coded.</param>
/// <param name="TimeBase">Seconds per tick of its packets.</param>
/// <param name="FrameRate">Frames a second as a hint; 0/0 when unknown or sound.</param>
/// <param name="IsAdts">Whether its packets have a header that MP4 has no place for.</param>
internal sealed record RecordedTrack(int SourceIndex, CodecParameters Parameters, Rational TimeBase, Rational FrameRate, bool IsAdts) : IDisposable
{
    // What libav's MP4 muxer takes and players know.
    private static readonly string[] Sounds = ["aac", "mp3", "opus", "ac3", "eac3", "flac"];

    /// <summary>Whether MP4 has a place for a sound.</summary>
    public static bool Takes(StreamInfo sound) => Sounds.Contains(sound.CodecName) && sound.Parameters.SampleRate > 0 && sound.Parameters.Channels > 0
        && (sound.CodecName != "aac" || !sound.Parameters.Extradata.IsEmpty || Adts.ConfigurationOf(sound.Parameters).Length > 0);

    /// <summary>A track of its own for a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="key">Of pictures the packet that begins the file: where the container tells no parameter sets, it holds them.</param>
    /// <param name="header">The codec's header where it is another one than the container's; empty else.</param>
    public static RecordedTrack Of(StreamInfo stream, Packet? key, ReadOnlySpan<byte> header = default)
    {
        var parameters = stream.Parameters.Clone();
        if (!header.IsEmpty)
        {
            // The size that the container tells is the former one's; the first picture has the present one.
            parameters.SetExtradata(header);
            parameters.SetSize(0, 0);
        }

        if (key is not null && parameters.Extradata.IsEmpty && ParameterSets.Of(stream.CodecName, key.Data) is { Length: > 0 } sets)
        {
            parameters.SetExtradata(sets);
        }

        var isAdts = stream.CodecName == "aac" && parameters.Extradata.IsEmpty;
        if (isAdts)
        {
            parameters.SetExtradata(Adts.ConfigurationOf(parameters));
        }

        return new RecordedTrack(stream.Index, parameters, stream.TimeBase, key is null ? default : stream.FrameRate, isAdts);
    }

    /// <summary>
    /// Finds the size of the pictures, which live sources tell in the stream alone and MP4 in its header, by decoding the first one.
    /// </summary>
    /// <exception cref="LibAvException">This FFmpeg lacks the decoder.</exception>
    public void FindSize(Packet key)
    {
        if (Parameters.Width > 0 && Parameters.Height > 0)
        {
            return;
        }

        using var decoder = VideoDecoder.Open(Parameters, TimeBase);
        using var copy = key.Clone();
        using var picture = new Frame();

        // Without a picture the muxer says what it lacks.
        if (decoder.Send(copy) == SendResult.Accepted && decoder.SendEnd() == SendResult.Accepted && decoder.Receive(picture) == ReceiveResult.Received)
        {
            Parameters.SetSize(picture.Width, picture.Height);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();
}
