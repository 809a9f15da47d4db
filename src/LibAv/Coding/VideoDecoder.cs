using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Packets in, pictures out, in presentation order. One thread at a time. Send a packet, then receive until it needs input;
/// a picture whose size or format differs from the one before is how a stream changes in its middle.
/// </summary>
public sealed unsafe class VideoDecoder : Decoder
{
    private VideoDecoder(CodecHandle codec, IReadOnlyList<string> unusedOptions)
        : base(codec)
    {
        UnusedOptions = unusedOptions;
    }

    /// <summary>Options that the decoder did not know.</summary>
    public IReadOnlyList<string> UnusedOptions { get; }

    /// <summary>Pictures that the decoder holds back to bring them into order: 0 without B-frames.</summary>
    public int ReorderDelay => Codec.Context->has_b_frames;

    /// <summary>Pictures to leave out; may be changed between packets.</summary>
    public FrameSkip Skip
    {
        get => (FrameSkip)Codec.Context->skip_frame;
        set => Codec.Context->skip_frame = (int)value;
    }

    /// <summary>Opens the decoder of a stream.</summary>
    /// <param name="stream">The stream; only read during the call.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="LibAvException">This FFmpeg lacks the decoder, or the stream's parameters are unusable.</exception>
    public static VideoDecoder Open(StreamInfo stream, VideoDecoderOptions? options = null)
    {
        return Open(stream.Parameters, stream.TimeBase, options);
    }

    /// <summary>Opens the decoder of some parameters, whose packets have the given time base.</summary>
    /// <inheritdoc cref="Open(StreamInfo, VideoDecoderOptions?)"/>
    public static VideoDecoder Open(CodecParameters parameters, Rational timeBase, VideoDecoderOptions? options = null)
    {
        options ??= new VideoDecoderOptions();
        if (parameters.Kind != MediaKind.Video)
        {
            throw new ArgumentException($"A video decoder cannot decode a stream of kind {parameters.Kind}.", nameof(parameters));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Threads);
        var codec = CodecHandle.ForDecoder(parameters, timeBase, options.Decoder);
        try
        {
            var context = codec.Context;
            context->thread_count = options.Threads;
            context->thread_type = FF_THREAD_SLICE;
            context->skip_frame = (int)options.Skip;
            context->flags |= options.OutputCorrupt ? AV_CODEC_FLAG_OUTPUT_CORRUPT : 0;
            context->flags |= options.LowDelay && parameters.VideoDelay == 0 ? AV_CODEC_FLAG_LOW_DELAY : 0;
            return new VideoDecoder(codec, codec.Open(options.Options, "Opening the decoder"));
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }
}
