namespace VisionStream.Restream.Annotate;

/// <summary>A look at an annotated stream. Counts are since its start.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Sent">Frames of the source that went out.</param>
/// <param name="Skipped">Frames that did not, because the encoder or the target was too slow or away.</param>
/// <param name="Thinned">Frames left out to keep to the configured frame rate.</param>
/// <param name="Stills">Pictures sent while the source was away.</param>
/// <param name="SoundPackets">Packets of sound that went out.</param>
/// <param name="Connections">How often the target was reached.</param>
/// <param name="LastError">Why it was lost or could not be reached last, without secrets; empty when it never was.</param>
public sealed record RestreamStatus(
    RestreamState State, long Sent, long Skipped, long Thinned, long Stills, long SoundPackets, long Connections, string LastError);
