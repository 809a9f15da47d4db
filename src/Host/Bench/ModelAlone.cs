using System.Diagnostics;
using VisionStream.Core.Frames;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Host.Bench;

/// <summary>Stateless. A model with nothing beside it: the floor of what a service can reach with it.</summary>
internal static class ModelAlone
{
    private const int Runs = 15;

    /// <summary>Loads a model as the service would for so many streams; the caller disposes it.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public static DetectorModel Load(string model, int streams)
    {
        try
        {
            return DetectorModel.Load(ModelLibrary.Default.Locate(model), new InferenceOptions { Streams = streams });
        }
        catch (ModelException e)
        {
            throw new BadInputException(e.Message);
        }
    }

    /// <summary>Median of the time that one inference takes, in milliseconds.</summary>
    /// <exception cref="BadInputException">The model cannot be used.</exception>
    public static double InferenceMs(string model, VideoFrame frame)
    {
        using var loaded = Load(model, streams: 1);
        using var detector = new FrameDetector(loaded, TimeProvider.System);
        detector.Detect(frame, DetectionSettings.Default, out _);
        return Percentile.Of(
            [.. Enumerable.Range(0, Runs).Select(_ =>
            {
                detector.Detect(frame, DetectionSettings.Default, out var times);
                return TimeProvider.System.GetElapsedTime(times.Prepared, times.Inferred).TotalMilliseconds;
            }).Order()],
            0.5);
    }

    /// <summary>Analyses a second by so many threads at once.</summary>
    public static double Rate(DetectorModel model, VideoFrame frame, int workers, TimeSpan duration, CancellationToken cancel)
    {
        var done = 0;
        var detectors = Enumerable.Range(0, workers).Select(_ => new FrameDetector(model, TimeProvider.System)).ToList();
        detectors.ForEach(d => d.Detect(frame, DetectionSettings.Default, out _));
        var began = Stopwatch.GetTimestamp();
        var threads = detectors.ConvertAll(detector => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(began) < duration && !cancel.IsCancellationRequested)
            {
                detector.Detect(frame, DetectionSettings.Default, out _);
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
