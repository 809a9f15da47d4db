namespace VisionStream.Restream.Relaying;

/// <summary>A look at relaying on its way. Immutable; counts are since the start.</summary>
/// <param name="Packets">Packets that went on.</param>
/// <param name="Lost">Packets that seem to have been lost before they came here, by the gaps in their times.</param>
/// <param name="Damaged">Packets that came with parts missing.</param>
/// <param name="BitsPerSecond">Bits a second since the report before.</param>
/// <param name="Restarts">How often source or target had to be opened again.</param>
/// <param name="Notice">What has just happened, for a person; empty when there is nothing to say.</param>
public sealed record RelayProgress(long Packets, long Lost, long Damaged, double BitsPerSecond, int Restarts, string Notice);
