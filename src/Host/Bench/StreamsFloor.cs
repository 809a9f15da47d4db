using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Frames;
using VisionStream.Detector.Engine;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;
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
        using var detector = Load(model, cores);
        double? analyses = null;
        var (frames, began) = (0, 0L);
        var problem = await ClipReader.ReadAsync(
            SourceUrl.Parse(clip),
            frame =>
            {
                analyses ??= Analyse(detector, frame, DetectionEngine.WorkersFor(cores), cancel);
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

    private static DetectorModel Load(string model, int cores)
    {
        try
        {
            return DetectorModel.Load(ModelLibrary.Default.Locate(model), new InferenceOptions { Streams = cores });
        }
        catch (ModelException e)
        {
            throw new BadInputException(e.Message);
        }
    }

    private static double Analyse(DetectorModel model, VideoFrame frame, int workers, CancellationToken cancel)
    {
        var (done, settings) = (0, new DetectionSettings());
        var detectors = Enumerable.Range(0, workers).Select(_ => new FrameDetector(model, TimeProvider.System)).ToList();
        detectors.ForEach(d => d.Detect(frame, settings, out _));
        var began = Stopwatch.GetTimestamp();
        var threads = detectors.ConvertAll(detector => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(began) < Duration && !cancel.IsCancellationRequested)
            {
                detector.Detect(frame, settings, out _);
                Interlocked.Increment(ref done);
            }
        }));
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var rate = done / Stopwatch.GetElapsedTime(began).TotalSeconds;
        detectors.ForEach(d => d.Dispose());
        return rate;
    }
}
