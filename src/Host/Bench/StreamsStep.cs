using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>What was measured with one number of streams.</summary>
/// <param name="Streams">How many there were.</param>
/// <param name="Least">Detections a second of the stream that got the fewest.</param>
/// <param name="Most">Detections a second of the stream that got the most.</param>
/// <param name="DecodedLeast">Frames decoded a second of the stream that got the fewest; below 30 decoding itself falls behind.</param>
/// <param name="Cores">The service's processor time, 1 for one core.</param>
/// <param name="PeakBytes">The service's peak resident memory.</param>
internal sealed record StreamsStep(int Streams, double Least, double Most, double DecodedLeast, double Cores, long PeakBytes)
{
    // 10 a second less what a measurement of some seconds may cut off at its ends.
    private const double EnoughDetections = 9.9;
    private const double EnoughFrames = 29.5;

    /// <summary>Whether every stream had its 10 detections a second and all its frames.</summary>
    public bool Holds => Least >= EnoughDetections && DecodedLeast >= EnoughFrames;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Streams,3} streams: {Least,5:0.00} to {Most,5:0.00} detections/s each, {DecodedLeast:0.0} frames/s decoded, {Cores:0.00} cores, {PeakBytes / 1048576.0:0} MiB peak{(Holds ? "" : "   too many")}");
}
