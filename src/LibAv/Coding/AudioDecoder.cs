namespace VisionStream.LibAv;

/// <summary>Packets in, samples out. One thread at a time. Send a packet, then receive until it needs input.</summary>
public sealed unsafe class AudioDecoder : Decoder
{
    private AudioDecoder(CodecHandle codec)
        : base(codec)
    {
    }

    /// <summary>Opens the decoder of a stream.</summary>
    /// <param name="stream">The stream; only read during the call.</param>
    /// <param name="options">Options by their native names; null for none.</param>
    /// <exception cref="LibAvException">This FFmpeg lacks the decoder, or the stream's parameters are unusable.</exception>
    public static AudioDecoder Open(StreamInfo stream, MediaOptions? options = null)
    {
        if (stream.Kind != MediaKind.Audio)
        {
            throw new ArgumentException($"An audio decoder cannot decode a stream of kind {stream.Kind}.", nameof(stream));
        }

        var codec = CodecHandle.ForDecoder(stream.Parameters, stream.TimeBase, name: null);
        try
        {
            codec.Context->thread_count = 1;
            _ = codec.Open(options ?? MediaOptions.None, "Opening the decoder");
            return new AudioDecoder(codec);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }
}
