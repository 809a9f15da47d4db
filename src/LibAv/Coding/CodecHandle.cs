using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>An AVCodecContext of a decoder or encoder, from allocation on.</summary>
internal sealed unsafe class CodecHandle : OwnedHandle
{
    /// <summary>Allocates the context of a codec with its defaults.</summary>
    public CodecHandle(AVCodec* codec)
        : base(Averror.Allocated(CodecFunctions.avcodec_alloc_context3(codec), "Allocating a codec"))
    {
        Name = NativeText.Read(codec->name);
    }

    /// <summary>Name of the decoder or encoder, which may differ from the codec's: libx264, h264.</summary>
    public string Name { get; }

    /// <summary>The native context.</summary>
    public AVCodecContext* Context => (AVCodecContext*)Pointer;

    /// <summary>The decoder of some parameters: the one named, or libav's first choice.</summary>
    /// <exception cref="LibAvException">This FFmpeg has none.</exception>
    public static CodecHandle Decoder(CodecParameters parameters, string? name)
    {
        using var text = new NativeText(name);
        var codec = name is null ? CodecFunctions.avcodec_find_decoder(parameters.Native->codec_id) : CodecFunctions.avcodec_find_decoder_by_name(text.Pointer);
        return codec is not null
            ? new CodecHandle(codec)
            : throw new LibAvException(
                name is null ? $"This FFmpeg cannot decode {parameters.CodecName}." : $"This FFmpeg has no decoder named {name}.", LibAvError.Unsupported);
    }

    /// <summary>Opens the codec.</summary>
    /// <returns>Names of the options that it does not know.</returns>
    public IReadOnlyList<string> Open(MediaOptions options, string what)
    {
        using var dictionary = new OptionDictionary(options);
        _ = Averror.Check(CodecFunctions.avcodec_open2(Context, null, dictionary.Address), what, Name);
        return dictionary.Unused;
    }

    /// <inheritdoc/>
    protected override void Release(void* pointer)
    {
        var context = (AVCodecContext*)pointer;
        CodecFunctions.avcodec_free_context(&context);
    }
}
