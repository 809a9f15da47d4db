namespace VisionStream.Restream.Encoding;

/// <summary>How a picture is coded. Immutable.</summary>
public sealed record VideoEncoding
{
    /// <summary>Presets of libx264 that leave a small machine time for anything else.</summary>
    private static readonly string[] Presets = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"];

    private static readonly string[] Encoders = ["libx264", "h264_v4l2m2m", "h264_vaapi", "h264_nvenc"];

    /// <summary>The encoder by name: libx264, h264_v4l2m2m, h264_vaapi or h264_nvenc (default: libx264, which the others fall back to).</summary>
    public string Encoder { get; init; } = "libx264";

    /// <summary>libx264's preset (default: ultrafast).</summary>
    public string Preset { get; init; } = "ultrafast";

    /// <summary>Bits a second, 100,000 to 50,000,000; <see langword="null"/> follows from the size (default: null).</summary>
    public int? BitRate { get; init; }

    /// <summary>Width in pixels; <see langword="null"/> keeps the source's, or its shape when the height is given (default: null).</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; <see langword="null"/> keeps the source's, or its shape when the width is given (default: null).</summary>
    public int? Height { get; init; }

    /// <summary>Frames a second that are not exceeded; <see langword="null"/> keeps every frame (default: null).</summary>
    public double? FrameRate { get; init; }

    /// <summary>The longest time between key frames, which is how long a viewer who joins may wait (default: 2 s).</summary>
    public TimeSpan KeyFrameInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Threads of the encoder; 0 for one up to 720 lines and two above (default: 0).</summary>
    public int Threads { get; init; }

    /// <summary>What is wrong with it, a sentence each; empty when all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Encoders.Contains(Encoder))
        {
            yield return $"Video: the encoder '{Encoder}' is not known; use one of {string.Join(", ", Encoders)}.";
        }

        if (!Presets.Contains(Preset))
        {
            yield return $"Video: the preset '{Preset}' is not known; use one of {string.Join(", ", Presets)}.";
        }

        if (BitRate is not (null or (>= 100_000 and <= 50_000_000)))
        {
            yield return $"Video: a bit rate of {BitRate} is out of range; 100,000 to 50,000,000 bits a second are allowed.";
        }

        // The lower end is where libx264 stops taking pictures, the upper one Core's limit on a frame.
        if (Width is not (null or (>= 32 and <= 8192)) || Height is not (null or (>= 32 and <= 8192)))
        {
            yield return $"Video: the size {Width}x{Height} is out of range; 32 to 8192 pixels are allowed.";
        }

        if (FrameRate is not (null or (>= 1 and <= 120)))
        {
            yield return $"Video: {FrameRate} frames a second are out of range; 1 to 120 are allowed.";
        }

        if (KeyFrameInterval < TimeSpan.FromSeconds(0.1) || KeyFrameInterval > TimeSpan.FromSeconds(60))
        {
            yield return $"Video: a key frame every {KeyFrameInterval.TotalSeconds:0.##} s is out of range; 0.1 to 60 s are allowed.";
        }

        if (Threads is not (>= 0 and <= 16))
        {
            yield return $"Video: {Threads} encoder threads are out of range; 0 (by size) to 16 are allowed.";
        }
    }

    /// <summary>The size of the output for a source's size: even, as halved chroma asks for.</summary>
    internal (int Width, int Height) SizeFor(int sourceWidth, int sourceHeight)
    {
        var (width, height) = (Width, Height) switch
        {
            ({ } w, { } h) => (w, h),
            ({ } w, null) => (w, (int)Math.Round((double)w * sourceHeight / sourceWidth)),
            (null, { } h) => ((int)Math.Round((double)h * sourceWidth / sourceHeight), h),
            _ => (sourceWidth, sourceHeight),
        };
        return (Math.Max(32, width & ~1), Math.Max(32, height & ~1));
    }

    /// <summary>
    /// The bit rate for a size: as given, or 0.1 bits a pixel at 25 frames a second, which ultrafast needs to look clean. Small pictures
    /// get more, since letters do not shrink with them: below this 320 lines with a dozen labels blur until 6 and 8 look alike.
    /// </summary>
    internal int BitRateFor(int width, int height) =>
        BitRate ?? (int)Math.Clamp(width * (long)height * 0.1 * (FrameRate ?? 25), 800_000, 12_000_000);

    /// <summary>The number of threads for a height.</summary>
    internal int ThreadsFor(int height) => Threads > 0 ? Threads : height <= 720 ? 1 : 2;
}
