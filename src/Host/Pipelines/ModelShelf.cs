using VisionStream.Detector.Cadence;
using VisionStream.Detector.Labels;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Pipelines;

/// <summary>
/// Safe from any thread. The models in use, each loaded once however many streams share it; they are let go at the end.
/// </summary>
internal sealed class ModelShelf(InferenceOptions inference, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Path, string? Labels), (DetectorModel Model, FrameDetector Detector)> _loaded = [];

    /// <summary>The detector for a model file, loaded if need be. It belongs to the engine's one thread.</summary>
    /// <exception cref="BadInputException">The model cannot be used; the message says why.</exception>
    public FrameDetector Detector(string path, string? labels)
    {
        var key = (Path.GetFullPath(path), labels is null ? null : Path.GetFullPath(labels));
        lock (_gate)
        {
            if (_loaded.TryGetValue(key, out var found))
            {
                return found.Detector;
            }

            try
            {
                var model = DetectorModel.Load(path, inference, labels);
                var detector = new FrameDetector(model, time);
                _loaded[key] = (model, detector);
                return detector;
            }
            catch (ModelException e)
            {
                throw new BadInputException(e.Message);
            }
        }
    }

    /// <summary>What to report, with class names turned into the model's numbers.</summary>
    /// <exception cref="BadInputException">The model has no such class.</exception>
    public static DetectionSettings SettingsOf(DetectorModel model, AnalysisOptions analysis)
    {
        if (!ClassFilter.TryCreate([.. analysis.Classes], model.Labels, out var filter, out var error))
        {
            throw new BadInputException(error);
        }

        return new DetectionSettings
        {
            Confidence = (float)analysis.Confidence,
            Iou = (float)analysis.Iou,
            MaxDetections = analysis.MaxDetections,
            Classes = filter,
        };
    }

    /// <summary>The cadence by its name in the configuration, which has been checked.</summary>
    public static CadenceMode CadenceOf(AnalysisOptions analysis) => Enum.Parse<CadenceMode>(analysis.Cadence, ignoreCase: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (model, detector) in _loaded.Values)
        {
            detector.Dispose();
            model.Dispose();
        }

        _loaded.Clear();
    }
}
