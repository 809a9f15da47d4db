using VisionStream.Restream.Targets;

namespace VisionStream.Restream.Publish;

/// <summary>How sound is coded. Immutable. The defaults are those of a robot's voice link: small, mono, and clear enough for speech.</summary>
public sealed record SoundEncoding
{
    // The rates that Opus codes (RFC 6716, section 2); AAC has more.
    private static readonly int[] OpusRates = [8000, 12_000, 16_000, 24_000, 48_000];

    /// <summary>opus or aac; <see langword="null"/> for Opus where the target takes it, AAC elsewhere (default: null).</summary>
    public string? Codec { get; init; }

    /// <summary>Bits a second, 6,000 to 512,000 (default: 48,000).</summary>
    public int BitRate { get; init; } = 48_000;

    /// <summary>Samples a second, 8,000 to 48,000; Opus has 8, 12, 16, 24 and 48 kHz (default: 24,000).</summary>
    public int SampleRate { get; init; } = 24_000;

    /// <summary>1 or 2 (default: 1).</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Whether rumble below 100 Hz and hiss above 7 kHz are filtered out, as suits a voice beside motors (default: false).</summary>
    public bool VoiceFilter { get; init; }

    /// <summary>The codec that a target gets.</summary>
    public string CodecFor(TargetUrl target) => Codec ?? (target.Takes("opus") ? "opus" : "aac");

    /// <summary>What is wrong with it for a target, a sentence each; empty when all is well.</summary>
    public IEnumerable<string> Validate(TargetUrl target)
    {
        if (Codec is not (null or "opus" or "aac"))
        {
            yield return $"Sound: the codec '{Codec}' is not known; use opus or aac.";
        }
        else if (!target.Takes(CodecFor(target)))
        {
            yield return $"Sound: {target.Kind} does not take {CodecFor(target)}; use {(target.Takes("aac") ? "aac" : "opus")}.";
        }

        if (BitRate is not (>= 6_000 and <= 512_000))
        {
            yield return $"Sound: a bit rate of {BitRate} is out of range; 6,000 to 512,000 bits a second are allowed.";
        }

        if (SampleRate is not (>= 8_000 and <= 48_000) || (CodecFor(target) == "opus" && !OpusRates.Contains(SampleRate)))
        {
            yield return $"Sound: {SampleRate} samples a second are not possible; use one of {string.Join(", ", OpusRates)}.";
        }

        if (Channels is not (1 or 2))
        {
            yield return $"Sound: {Channels} channels are not possible; use 1 or 2.";
        }
    }
}
