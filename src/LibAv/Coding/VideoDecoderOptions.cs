namespace VisionStream.LibAv;

/// <summary>How a video decoder is opened.</summary>
public sealed record VideoDecoderOptions
{
    /// <summary>Name of the decoder (default: null, libav's first choice for the codec).</summary>
    public string? Decoder { get; init; }

    /// <summary>
    /// Give each picture out as soon as it can be (default: true). Does not apply to streams whose parameters announce
    /// B-frames: their pictures come in presentation order all the same.
    /// </summary>
    public bool LowDelay { get; init; } = true;

    /// <summary>
    /// Threads that share one picture, slice by slice (default: 1). Threads that work on several pictures at once would
    /// delay each by a picture, so they are never used.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Also give out pictures that cannot be right, marked <see cref="Frame.IsCorrupt"/>: those after a seek or a lost key
    /// frame (default: false, libav holds them back until it has recovered).
    /// </summary>
    public bool OutputCorrupt { get; init; }

    /// <summary>Pictures to leave out (default: none).</summary>
    public FrameSkip Skip { get; init; } = FrameSkip.Nothing;

    /// <summary>Further options by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;
}
