namespace VisionStream.Restream.Publish;

/// <summary>A look at publishing on its way. Immutable; counts are since the start.</summary>
/// <param name="Elapsed">How much has been published, in the stream's own time.</param>
/// <param name="Frames">Pictures sent.</param>
/// <param name="FramesPerSecond">Pictures a second since the report before.</param>
/// <param name="BitsPerSecond">Bits a second since the report before, sound included.</param>
/// <param name="Reconnects">How often source or target had to be opened again.</param>
/// <param name="Notice">What has just happened, for a person; empty when there is nothing to say.</param>
public sealed record PublishProgress(
    TimeSpan Elapsed, long Frames, double FramesPerSecond, double BitsPerSecond, int Reconnects, string Notice);
