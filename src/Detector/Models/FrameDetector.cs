using Microsoft.ML.OnnxRuntime;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Detector.Heads;
using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Models;

/// <summary>
/// Not safe for several threads, but for <see cref="Interrupt"/>. Finds the objects in frames with one model. Holds the model's input
/// and output memory and reuses it; a frame in which nothing is found costs no managed memory.
/// </summary>
public sealed class FrameDetector : IDisposable
{
    /// <summary>Canvas sizes kept for a model with an open input: streams of a few shapes take turns.</summary>
    private const int BindingsKept = 4;

    private readonly DetectorModel _model;
    private readonly TimeProvider _time;
    private readonly RunOptions _runOptions = new();
    private readonly List<ModelBinding> _bindings = new(BindingsKept);
    private CandidateBuffer _candidates;

    /// <param name="model">The model; it has to outlive the detector.</param>
    /// <param name="time">The clock of the stage times.</param>
    public FrameDetector(DetectorModel model, TimeProvider time)
    {
        _model = model;
        _time = time;
        _candidates = new CandidateBuffer(0);
    }

    /// <summary>What analyses.</summary>
    public DetectorModel Model => _model;

    /// <summary>Finds the objects in a frame, by falling confidence.</summary>
    /// <param name="frame">Held by the caller.</param>
    /// <param name="settings">What to report.</param>
    /// <param name="times">Where the time went.</param>
    /// <exception cref="OnnxRuntimeException">The model failed.</exception>
    /// <exception cref="ModelException">The model fails at the size that the frame's shape asks for.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Interrupt"/> was called.</exception>
    public IReadOnlyList<Detection> Detect(VideoFrame frame, DetectionSettings settings, out StageTimes times) =>
        TryDetect(frame, settings, out times) ?? throw new InvalidOperationException("The detector was interrupted.");

    /// <summary>As <see cref="Detect"/>; <see langword="null"/> when <see cref="Interrupt"/> ended the run.</summary>
    /// <param name="frame">Held by the caller.</param>
    /// <param name="settings">What to report.</param>
    /// <param name="times">Where the time went; nothing after an interruption.</param>
    /// <exception cref="OnnxRuntimeException">The model failed.</exception>
    /// <exception cref="ModelException">The model fails at the size that the frame's shape asks for.</exception>
    public IReadOnlyList<Detection>? TryDetect(VideoFrame frame, DetectionSettings settings, out StageTimes times)
    {
        var binding = BindingFor(_model.CanvasFor(frame.Format.Width, frame.Format.Height));
        var started = _time.GetTimestamp();
        var letterbox = binding.Write(frame);
        var prepared = _time.GetTimestamp();
        try
        {
            binding.Run(_runOptions);
        }
        catch (OnnxRuntimeException) when (_runOptions.Terminate)
        {
            times = default;
            return null;
        }

        var inferred = _time.GetTimestamp();

        _candidates.Clear();
        binding.Head.Scan(binding.Output(), settings.Confidence, settings.Classes, _candidates);
        _candidates.Sort();
        _candidates.Truncate(binding.Head.NeedsSuppression
            ? NonMaximumSuppression.Run(_candidates.Items, settings.Iou, settings.MaxDetections)
            : settings.MaxDetections);
        var found = _candidates.Count == 0 ? [] : new Detection[_candidates.Count];
        for (var i = 0; i < found.Length; i++)
        {
            ref readonly var c = ref _candidates.Items[i];
            found[i] = new Detection(c.ClassId, Label(c.ClassId), c.Score, letterbox.ToSource(c.Left, c.Top, c.Right, c.Bottom));
        }

        times = new StageTimes(started, prepared, inferred, _time.GetTimestamp());
        return found;
    }

    /// <summary>
    /// Safe from any thread. Ends the run in progress before its next layer, and every later one, until <see cref="Resume"/>. A run
    /// that was past its last layer still gives its result.
    /// </summary>
    public void Interrupt() => _runOptions.Terminate = true;

    /// <summary>Makes runs possible again.</summary>
    public void Resume() => _runOptions.Terminate = false;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _bindings.ForEach(b => b.Dispose());
        _bindings.Clear();
        _runOptions.Dispose();
    }

    private string Label(int classId) => classId < _model.Labels.Count ? _model.Labels[classId] : ClassNames.Unnamed(classId);

    private ModelBinding BindingFor((int Width, int Height) canvas)
    {
        for (var i = 0; i < _bindings.Count; i++)
        {
            if (_bindings[i].Canvas == canvas)
            {
                return _bindings[i];
            }
        }

        if (_bindings.Count == BindingsKept)
        {
            _bindings[0].Dispose();
            _bindings.RemoveAt(0);
        }

        var binding = _model.Bind(canvas);
        _bindings.Add(binding);
        if (_candidates.Capacity < binding.Head.Capacity)
        {
            _candidates = new CandidateBuffer(binding.Head.Capacity);
        }

        return binding;
    }
}
