using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>What <c>bench restream</c> measured. Immutable.</summary>
/// <param name="Ours">The annotated stream, a sample a round.</param>
/// <param name="Ffmpeg">ffmpeg in the same rounds.</param>
/// <param name="Load">The machine's load averages when it began, as the kernel tells them.</param>
internal sealed record RestreamReport(IReadOnlyList<RestreamSample> Ours, IReadOnlyList<RestreamSample> Ffmpeg, string Load)
{
    /// <summary>Our processor time a frame over ffmpeg's in the same round, rising.</summary>
    public IReadOnlyList<double> Ratios => [.. Ours.Zip(Ffmpeg, (ours, ffmpeg) => ours.CpuMsPerFrame / ffmpeg.CpuMsPerFrame).Order()];

    /// <summary>Frames a second that the annotated stream sent.</summary>
    public double FramesPerSecond => Ours.Sum(s => s.Frames) / Ours.Sum(s => s.Seconds);

    /// <summary>Milliseconds from the decoder to the connection that a share of all rounds' frames does not exceed.</summary>
    public double AddedMs(double share) => Percentile.Of([.. Ours.SelectMany(s => s.SinceDecodedMs).Order()], share);

    /// <summary>The same in frames of the source.</summary>
    public double AddedFrames(double share) => AddedMs(share) * FramesPerSecond / 1000;

    /// <summary>Milliseconds from a packet's arrival to its annotated packet at the connection, likewise.</summary>
    public double WholeMs(double share) => Percentile.Of([.. Ours.SelectMany(s => s.SinceArrivedMs).Order()], share);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        rounds               {Ours.Count} of {Ours.Average(s => s.Seconds):0.0} s, {RestreamOptions.Width}x{RestreamOptions.Height} at {FramesPerSecond:0.0} frames/s, {RestreamOptions.BitRate / 1000} kbit/s, libx264 ultrafast, one thread, via {RtmpServer.Name}
        CPU a frame          {Median(Ours):0.00} ms decode, draw, encode, mux; ffmpeg without drawing {Median(Ffmpeg):0.00} ms
        CPU ratio            {Percentile.Of(Ratios, 0.5):0.00} ({Ratios[0]:0.00} to {Ratios[^1]:0.00})
        added delay          p50 {AddedMs(0.5):0.0} ms ({AddedFrames(0.5):0.00} frames)   p99 {AddedMs(0.99):0.0} ms ({AddedFrames(0.99):0.00} frames)   decoder -> annotated packet at the connection
        whole delay          p50 {WholeMs(0.5):0.0} ms   p99 {WholeMs(0.99):0.0} ms   packet arrives -> annotated packet at the connection
        frames               {Ours.Sum(s => s.Frames)} sent, {Ours.Sum(s => s.Skipped)} skipped; ffmpeg {Ffmpeg.Sum(s => s.Frames)}
        machine              {Environment.ProcessorCount} cores, load average {Load} before
        """);

    private static double Median(IReadOnlyList<RestreamSample> samples) => Percentile.Of([.. samples.Select(s => s.CpuMsPerFrame).Order()], 0.5);
}
