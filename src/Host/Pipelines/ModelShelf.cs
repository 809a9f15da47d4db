using VisionStream.Detector.Cadence;
using VisionStream.Detector.Labels;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Host.Pipelines;

/// <summary>
/// Safe from any thread. The models in use, each loaded once however many streams share it, and let go with its last lease.
/// Loading one keeps nobody waiting but those who want the same.
/// </summary>
internal sealed class ModelShelf(InferenceOptions inference, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Path, string? Labels), Entry> _entries = [];

    /// <summary>A model file's detectors, loaded if need be, which takes up to some seconds on the caller's thread.</summary>
    /// <param name="path">The ONNX file, or the name of a model in the library.</param>
    /// <param name="labels">A file with a class name a line, or <see langword="null"/>.</param>
    /// <exception cref="BadInputException">The model cannot be used; the message says why.</exception>
    public ModelLease Take(string path, string? labels)
    {
        path = ModelLibrary.Default.Locate(path);
        var key = (Path.GetFullPath(path), labels is null ? null : Path.GetFullPath(labels));
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries[key] = entry = new Entry();
            }

            entry.Users++;
        }

        try
        {
            return new ModelLease(entry.Load(() => DetectorModel.Load(path, inference, labels), time), () => Release(key, entry));
        }
        catch (ModelException e)
        {
            Release(key, entry);
            throw new BadInputException(e.Message);
        }
        catch
        {
            Release(key, entry);
            throw;
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

    private void Release((string Path, string? Labels) key, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            _entries.Remove(key);
        }

        entry.Dispose();
    }

    private sealed class Entry : IDisposable
    {
        private readonly Lock _loading = new();
        private DetectorModel? _model;
        private DetectorPool? _detectors;

        public int Users { get; set; }

        public DetectorPool Load(Func<DetectorModel> load, TimeProvider time)
        {
            lock (_loading)
            {
                _model ??= load();
                return _detectors ??= new DetectorPool(_model, time);
            }
        }

        public void Dispose()
        {
            _detectors?.Dispose();
            _model?.Dispose();
        }
    }
}
