namespace VisionStream.LibAv;

/// <summary>How an audio encoder is opened.</summary>
public sealed record AudioEncoderOptions
{
    /// <summary>Name of the encoder: aac, libopus.</summary>
    public required string Encoder { get; init; }

    /// <summary>Samples a second and channel of what goes in (default: 48000).</summary>
    public int SampleRate { get; init; } = 48_000;

    /// <summary>Number of channels of what goes in (default: 1).</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Bits a second (default: 0, the encoder's own rule).</summary>
    public long BitRate { get; init; }

    /// <summary>Put headers into the parameters and not into the stream: what <see cref="Muxer.WantsGlobalHeader"/> says (default: false).</summary>
    public bool GlobalHeader { get; init; }

    /// <summary>Further options by their native names (default: none).</summary>
    public MediaOptions Options { get; init; } = MediaOptions.None;
}
