using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Detector.Engine;
using VisionStream.Host.Configuration;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Stored;

namespace VisionStream.Host.Bench;

/// <summary>
/// What no service on this machine can beat with this model and clip: analyses on all cores with nothing beside them, and decoding on
/// one core with nothing beside it.
/// </summary>
/// <param name="Cores">Cores of the machine.</param>
/// <param name="Analyses">Analyses a second on all cores.</param>
/// <param name="Frames">Frames decoded a second on one core.</param>
internal sealed record StreamsFloor(int Cores, double Analyses, double Frames)
{
    // Some tens of analyses of a slow model, some thousands of decoded frames.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>Streams of 30 frames and 10 detections a second that would fit if nothing but decoding and analysing took time.</summary>
    public double Streams => 1 / ((10 / Analyses) + (30 / (Frames * Cores)));

    /// <summary>Measures it.</summary>
    /// <exception cref="BadInputException">The model or the clip cannot be used.</exception>
    public static async Task<StreamsFloor> MeasureAsync(string model, string clip, CancellationToken cancel)
    {
        var cores = Environment.ProcessorCount;
        using var detector = ModelAlone.Load(model, cores);
        double? analyses = null;
        var (frames, began) = (0, 0L);
        var problem = await ClipReader.ReadAsync(
            SourceUrl.Parse(clip),
            frame =>
            {
                analyses ??= ModelAlone.Rate(detector, frame, DetectionEngine.WorkersFor(cores), Duration, cancel);
                began = frames++ == 0 ? Stopwatch.GetTimestamp() : began;
            },
            TimeProvider.System, NullLoggerFactory.Instance, cancel);
        return problem is null
            ? new StreamsFloor(cores, analyses ?? 0, (frames - 1) / Stopwatch.GetElapsedTime(began).TotalSeconds)
            : throw new BadInputException(problem);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"floor: the model alone {Analyses:0.0} analyses/s on {Cores} cores, decoding alone {Frames:0} frames/s on one: {Streams:0.0} streams if nothing else took time");
}
