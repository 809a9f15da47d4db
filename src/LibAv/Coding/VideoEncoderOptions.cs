namespace VisionStream.LibAv;

/// <summary>How a video encoder is opened. What is not here goes into <see cref="Options"/>: preset, tune, crf.</summary>
public sealed record VideoEncoderOptions
{
    /// <summary>Name of the encoder: libx264, h264_v4l2m2m, mjpeg.</summary>
    public required string Encoder { get; init; }

    /// <summary>Width in pixels of every picture.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels of every picture.</summary>
    public required int Height { get; init; }

    /// <summary>Pixel format of every picture (default: Yuv420P).</summary>
    public PixelFormat PixelFormat { get; init; } = PixelFormat.Yuv420P;

    /// <summary>
    /// libav's name for the kind of device whose memory the encoder reads its pictures from, where NV12 and Yuv420P are brought then: vaapi
    /// (default: null, it reads them where they are).
    /// </summary>
    public string? Device { get; init; }

    /// <summary>Seconds per tick of the pictures' and packets' time stamps.</summary>
    public required Rational TimeBase { get; init; }

    /// <summary>Frames a second, as a hint to rate control and players (default: unknown).</summary>
    public Rational FrameRate { get; init; }

    /// <summary>Bits a second (default: 0, the encoder's own rule).</summary>
    public long BitRate { get; init; }

    /// <summary>Highest bits a second over the length of <see cref="RateBufferBits"/> (default: 0, no limit).</summary>
    public long MaxBitRate { get; init; }

    /// <summary>Bits of the rate buffer of <see cref="MaxBitRate"/> (default: 0).</summary>
    public int RateBufferBits { get; init; }

    /// <summary>Most pictures from one key frame to the next (default: 0, the encoder's own rule).</summary>
    public int GopSize { get; init; }

    /// <summary>Most B-frames in a row (default: 0, none: each is a picture of delay).</summary>
    public int MaxBFrames { get; init; }

    /// <summary>Width of a pixel over its height (default: unknown).</summary>
    public Rational SampleAspectRatio { get; init; }

    /// <summary>Matrix of the colours, written into the stream (default: unspecified).</summary>
    public ColorSpace ColorSpace { get; init; } = ColorSpace.Unspecified;

    /// <summary>Range of the colours, written into the stream (default: unspecified).</summary>
    public ColorRange ColorRange { get; init; } = ColorRange.Unspecified;

    /// <summary>Put parameter sets into the parameters and not into the stream: what <see cref="Muxer.WantsGlobalHeader"/> says (default: false).</summary>
    public bool GlobalHeader { get; init; }

    /// <summary>Threads that share one picture, slice by slice (default: 1; 0 as many as there are cores).</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Further options by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;
}
