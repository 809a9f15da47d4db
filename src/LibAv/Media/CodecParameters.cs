using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// How a stream is coded: what a decoder needs to start and a muxer to announce it. Written by its maker only, then
/// read-only, so any thread may read it.
/// </summary>
public sealed unsafe class CodecParameters : IDisposable
{
    private readonly ParametersHandle _handle;

    internal CodecParameters()
    {
        _handle = new ParametersHandle((AVCodecParameters*)Averror.Allocated(CodecFunctions.avcodec_parameters_alloc(), "Allocating codec parameters"));
    }

    /// <summary>What the stream carries.</summary>
    public MediaKind Kind => (MediaKind)Native->codec_type;

    /// <summary>The codec's name: h264, hevc, aac. Names stay when numbers move between majors.</summary>
    public string CodecName => NativeText.Read(CodecFunctions.avcodec_get_name(Native->codec_id));

    /// <summary>Width in pixels, 0 when unknown.</summary>
    public int Width => Native->width;

    /// <summary>Height in pixels, 0 when unknown.</summary>
    public int Height => Native->height;

    /// <summary>Pixel format of a video stream, as far as the container or the probe knows.</summary>
    public PixelFormat PixelFormat => Kind == MediaKind.Video ? PixelFormats.Of(Native->format).Format : PixelFormat.None;

    /// <summary>libav's name of the pixel or sample format; empty when unknown.</summary>
    public string FormatName => Native->format == AV_PIX_FMT_NONE ? ""
        : Kind == MediaKind.Audio ? NativeText.Read(UtilFunctions.av_get_sample_fmt_name(Native->format))
        : PixelFormats.Of(Native->format).Name;

    /// <summary>Width of a pixel over its height; 0/1 when unknown.</summary>
    public Rational SampleAspectRatio => Rational.From(Native->sample_aspect_ratio);

    /// <summary>Matrix of the colours.</summary>
    public ColorSpace ColorSpace => (ColorSpace)Native->color_space;

    /// <summary>Range of the colours.</summary>
    public ColorRange ColorRange => (ColorRange)Native->color_range;

    /// <summary>Pictures by which decoding order runs ahead of presentation order: 0 without B-frames.</summary>
    public int VideoDelay => Native->video_delay;

    /// <summary>Samples a second and channel, 0 when unknown.</summary>
    public int SampleRate => Native->sample_rate;

    /// <summary>Number of channels, 0 when unknown.</summary>
    public int Channels => Native->ch_layout->nb_channels;

    /// <summary>Samples of one packet and channel, 0 when they vary.</summary>
    public int FrameSize => Native->frame_size;

    /// <summary>Bits a second, 0 when unknown.</summary>
    public long BitRate => Native->bit_rate;

    /// <summary>The codec's own number of the profile, negative when unknown.</summary>
    public int Profile => Native->profile;

    /// <summary>The codec's own number of the level, negative when unknown.</summary>
    public int Level => Native->level;

    /// <summary>Parameter sets or other headers of the codec; empty when the stream carries them. Valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Extradata => new(Native->extradata, Native->extradata_size);

    /// <summary>Replaces the headers, for containers that keep them apart from a stream that carries them itself.</summary>
    /// <param name="header">Parameter sets behind start codes, or in the container's own form; copied.</param>
    public void SetExtradata(ReadOnlySpan<byte> header)
    {
        // Parsers read beyond the end: AV_INPUT_BUFFER_PADDING_SIZE is 64 in all majors. avcodec_parameters_free frees it.
        const int Padding = 64;
        var data = (byte*)Averror.Allocated(UtilFunctions.av_mallocz((nuint)(header.Length + Padding)), "Allocating a codec's header");
        header.CopyTo(new Span<byte>(data, header.Length));
        UtilFunctions.av_free(Native->extradata);
        Native->extradata = data;
        Native->extradata_size = header.Length;
    }

    /// <summary>Says how large the pictures are, where the input did not.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public void SetSize(int width, int height) => (Native->width, Native->height) = (width, height);

    internal AVCodecParameters* Native => (AVCodecParameters*)_handle.Pointer;

    /// <summary>A copy that lives on its own; the caller disposes it.</summary>
    public CodecParameters Clone()
    {
        return CopyOf(Native);
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        _handle.Dispose();
    }

    internal static CodecParameters CopyOf(AVCodecParameters* source)
    {
        var copy = new CodecParameters();
        _ = Averror.Check(CodecFunctions.avcodec_parameters_copy(copy.Native, source), "Copying codec parameters");
        return copy;
    }

    private sealed class ParametersHandle(AVCodecParameters* parameters) : OwnedHandle(parameters)
    {
        protected override void Release(void* pointer)
        {
            var parameters = (AVCodecParameters*)pointer;
            CodecFunctions.avcodec_parameters_free(&parameters);
        }
    }
}
