namespace VisionStream.EndToEnd.Peers;

/// <summary>One packet as <see cref="Ffprobe"/> found it.</summary>
/// <param name="Kind">video or audio.</param>
/// <param name="Pts">When it is shown or sounds, in seconds.</param>
/// <param name="Dts">When it is decoded, in seconds.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ProbedPacket(string Kind, double Pts, double Dts, int Size);
