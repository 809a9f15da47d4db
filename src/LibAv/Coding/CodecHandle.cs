using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>An AVCodecContext of a decoder or encoder, from allocation on, and what is common to all of them.</summary>
internal sealed unsafe class CodecHandle : OwnedHandle
{
    private CodecHandle(AVCodec* codec)
        : base(Averror.Allocated(CodecFunctions.avcodec_alloc_context3(codec), "Allocating a codec"))
    {
        Codec = codec;
        Name = NativeText.Read(codec->name);
    }

    /// <summary>The description of the decoder or encoder; libav owns it for the life of the process.</summary>
    public AVCodec* Codec { get; }

    /// <summary>Name of the decoder or encoder, which may differ from the codec's: libx264, h264.</summary>
    public string Name { get; }

    /// <summary>The native context.</summary>
    public AVCodecContext* Context => (AVCodecContext*)Pointer;

    /// <summary>The decoder of some parameters, filled in from them: the one named, or libav's first choice.</summary>
    /// <exception cref="LibAvException">This FFmpeg has none.</exception>
    public static CodecHandle ForDecoder(CodecParameters parameters, Rational timeBase, string? name)
    {
        using var text = new NativeText(name);
        var codec = name is null ? CodecFunctions.avcodec_find_decoder(parameters.Native->codec_id) : CodecFunctions.avcodec_find_decoder_by_name(text.Pointer);
        if (codec is null)
        {
            throw new LibAvException(
                name is null ? $"This FFmpeg cannot decode {parameters.CodecName}." : $"This FFmpeg has no decoder named {name}.", LibAvError.Unsupported);
        }

        var handle = new CodecHandle(codec);
        _ = Averror.Check(CodecFunctions.avcodec_parameters_to_context(handle.Context, parameters.Native), "Preparing the decoder", handle.Name);
        handle.Context->pkt_timebase = timeBase.ToNative();
        return handle;
    }

    /// <summary>The encoder of a name.</summary>
    /// <exception cref="LibAvException">This FFmpeg has none, or it is of another kind.</exception>
    public static CodecHandle ForEncoder(string name, MediaKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _ = LibAvLibraries.Load();
        using var text = new NativeText(name);
        var codec = CodecFunctions.avcodec_find_encoder_by_name(text.Pointer);
        return codec is not null && codec->type == (int)kind
            ? new CodecHandle(codec)
            : throw new LibAvException($"This FFmpeg has no {kind} encoder named {name}.", LibAvError.Unsupported);
    }

    /// <summary>Opens the codec.</summary>
    /// <returns>Names of the options that it does not know.</returns>
    public IReadOnlyList<string> Open(MediaOptions options, string what)
    {
        using var dictionary = new OptionDictionary(options);
        _ = Averror.Check(CodecFunctions.avcodec_open2(Context, null, dictionary.Address), what, Name);
        return dictionary.Unused;
    }

    /// <summary>The opened encoder's parameters; the caller disposes them.</summary>
    public CodecParameters CopyParameters()
    {
        var parameters = new CodecParameters();
        _ = Averror.Check(CodecFunctions.avcodec_parameters_from_context(parameters.Native, Context), "Reading the parameters of", Name);
        return parameters;
    }

    /// <summary>Hands a packet to a decoder; null announces the end.</summary>
    public SendResult Send(AVPacket* packet)
    {
        return CodecStatus.Sent(CodecFunctions.avcodec_send_packet(Context, packet), "Decoding with", Name);
    }

    /// <summary>Takes a frame from a decoder.</summary>
    public ReceiveResult Receive(AVFrame* frame)
    {
        return CodecStatus.Received(CodecFunctions.avcodec_receive_frame(Context, frame), "Decoding with", Name);
    }

    /// <summary>Hands a frame to an encoder; null announces the end.</summary>
    public SendResult Send(AVFrame* frame)
    {
        return CodecStatus.Sent(CodecFunctions.avcodec_send_frame(Context, frame), "Encoding with", Name);
    }

    /// <summary>Takes a packet from an encoder.</summary>
    public ReceiveResult Receive(AVPacket* packet)
    {
        return CodecStatus.Received(CodecFunctions.avcodec_receive_packet(Context, packet), "Encoding with", Name);
    }

    /// <summary>Forgets what a decoder holds back, and an announced end.</summary>
    public void Flush()
    {
        CodecFunctions.avcodec_flush_buffers(Context);
    }

    /// <inheritdoc/>
    protected override void Release(void* pointer)
    {
        var context = (AVCodecContext*)pointer;
        CodecFunctions.avcodec_free_context(&context);
    }
}
