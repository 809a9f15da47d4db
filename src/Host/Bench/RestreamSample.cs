namespace VisionStream.Host.Bench;

/// <summary>What one side of <c>bench restream</c> did in one round.</summary>
/// <param name="Frames">Frames that went out in the time measured.</param>
/// <param name="Skipped">Frames that did not.</param>
/// <param name="Seconds">The time measured.</param>
/// <param name="CpuMs">Processor time of the process in that time, user and kernel.</param>
/// <param name="SinceDecodedMs">Of the annotated stream, each frame's way from the decoder to the connection.</param>
/// <param name="SinceArrivedMs">The same from the packet's arrival.</param>
internal sealed record RestreamSample(
    long Frames, long Skipped, double Seconds, double CpuMs, IReadOnlyList<double> SinceDecodedMs, IReadOnlyList<double> SinceArrivedMs)
{
    /// <summary>Processor time a frame.</summary>
    public double CpuMsPerFrame => CpuMs / Frames;
}
