using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Pictures in, packets out. One thread sends and receives; <see cref="RequestKeyFrame"/> may be called from any. Send a
/// picture, then receive until it needs input. The encoder keeps references to pictures, so a caller must not write to one
/// that it sent unless <see cref="Frame.IsWritable"/>.
/// </summary>
public sealed unsafe class VideoEncoder : IDisposable
{
    private readonly CodecHandle _codec;
    private readonly HardwareFrames? _device;
    private int _keyFrameRequested;

    private VideoEncoder(CodecHandle codec, HardwareFrames? device, VideoEncoderOptions options, IReadOnlyList<string> unusedOptions)
    {
        _codec = codec;
        _device = device;
        TimeBase = options.TimeBase;
        FrameRate = options.FrameRate;
        UnusedOptions = unusedOptions;
        Parameters = codec.CopyParameters();
    }

    /// <summary>Name of the encoder.</summary>
    public string Name => _codec.Name;

    /// <summary>Seconds per tick of the pictures' and packets' time stamps.</summary>
    public Rational TimeBase { get; }

    /// <summary>Frames a second, as asked for.</summary>
    public Rational FrameRate { get; }

    /// <summary>What a muxer needs to announce the stream; lives as long as the encoder.</summary>
    public CodecParameters Parameters { get; }

    /// <summary>Options that the encoder did not know.</summary>
    public IReadOnlyList<string> UnusedOptions { get; }

    /// <summary>Opens an encoder.</summary>
    /// <exception cref="LibAvException">This FFmpeg lacks the encoder, its hardware is absent, or it refuses the options.</exception>
    public static VideoEncoder Open(VideoEncoderOptions options)
    {
        var codec = CodecHandle.ForEncoder(options.Encoder, MediaKind.Video);
        HardwareFrames? device = null;
        try
        {
            Configure(codec.Context, options);
            if (options.Device is { } kind)
            {
                device = HardwareFrames.Open(kind, options.Width, options.Height);
                codec.Context->pix_fmt = device.Format;
                codec.Context->hw_frames_ctx = device.Share();
            }

            return new VideoEncoder(codec, device, options, codec.Open(options.Options, "Opening the encoder"));
        }
        catch
        {
            device?.Dispose();
            codec.Dispose();
            throw;
        }
    }

    /// <summary>Makes the next picture a key frame. Any thread.</summary>
    public void RequestKeyFrame()
    {
        Volatile.Write(ref _keyFrameRequested, 1);
    }

    /// <summary>Hands a picture in; its time stamp is in <see cref="TimeBase"/> and above the one before. Not taken when <see cref="SendResult.Full"/>.</summary>
    public SendResult Send(Frame frame)
    {
        // A decoded picture still says how it was coded, which would force the encoder to do the same.
        var type = frame.PictureType;
        var requested = Interlocked.Exchange(ref _keyFrameRequested, 0) != 0;
        frame.PictureType = requested ? PictureType.I : PictureType.None;
        try
        {
            var result = _codec.Send(_device is null ? frame.Native : _device.Upload(frame));
            if (requested && result != SendResult.Accepted)
            {
                RequestKeyFrame();
            }

            return result;
        }
        finally
        {
            frame.PictureType = type;
        }
    }

    /// <summary>Announces the end, so that packets held back come out.</summary>
    public SendResult SendEnd()
    {
        return _codec.Send((AVFrame*)null);
    }

    /// <summary>Takes the next packet; what the packet held is dropped in any case.</summary>
    public ReceiveResult Receive(Packet packet)
    {
        return _codec.Receive(packet.Native);
    }

    /// <summary>Closes the encoder; packets received stay valid.</summary>
    public void Dispose()
    {
        _codec.Dispose();
        _device?.Dispose();
        Parameters.Dispose();
    }

    private static void Configure(AVCodecContext* context, VideoEncoderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Height);
        if (!options.TimeBase.IsKnown)
        {
            throw new ArgumentException($"An encoder needs a time base, not {options.TimeBase}.", nameof(options));
        }

        context->width = options.Width;
        context->height = options.Height;
        context->pix_fmt = PixelFormats.ToNative(options.PixelFormat);
        context->time_base = options.TimeBase.ToNative();
        context->framerate = options.FrameRate.ToNative();
        context->sample_aspect_ratio = options.SampleAspectRatio.ToNative();
        context->colorspace = (int)options.ColorSpace;
        context->color_range = (int)options.ColorRange;
        context->max_b_frames = options.MaxBFrames;
        context->thread_count = options.Threads;
        context->thread_type = FF_THREAD_SLICE;
        context->flags |= options.GlobalHeader ? AV_CODEC_FLAG_GLOBAL_HEADER : 0;
        // 0 leaves the encoder's own default in place, which is not 0 in the native field.
        context->bit_rate = options.BitRate > 0 ? options.BitRate : context->bit_rate;
        context->rc_max_rate = options.MaxBitRate > 0 ? options.MaxBitRate : context->rc_max_rate;
        context->rc_buffer_size = options.RateBufferBits > 0 ? options.RateBufferBits : context->rc_buffer_size;
        context->gop_size = options.GopSize > 0 ? options.GopSize : context->gop_size;
    }
}
