using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using VisionStream.Core.Detections;
using VisionStream.Detector.Heads;

namespace VisionStream.Detector.Models;

/// <summary>
/// Safe from any thread. A detector that has been loaded and has run once. Frames are analysed by a <see cref="FrameDetector"/>, of
/// which each thread has its own; dispose them first.
/// </summary>
public sealed class DetectorModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelInput _input;

    private DetectorModel(string path, InferenceSession session, string? labelsPath)
    {
        _session = session;
        Path = path;
        Metadata = session.ModelMetadata.CustomMetadataMap;
        if (Metadata.TryGetValue("task", out var task) && task != "detect")
        {
            throw new ModelException($"The model '{path}' is made for the task '{task}'; only 'detect' is supported.");
        }

        _input = ModelInput.Of(path, session, Metadata);
        using var binding = Bind(_input.LargestCanvas);
        Layout = binding.Head.Layout;
        var labels = ModelLabels.Find(path, labelsPath, Metadata, binding.Head.Classes);
        LabelSource = labels.Source;
        Info = new ModelInfo(System.IO.Path.GetFileNameWithoutExtension(path), labels.Names);
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>Its name and labels, for subscribers.</summary>
    public ModelInfo Info { get; }

    /// <summary>The class names by class number.</summary>
    public IReadOnlyList<string> Labels => Info.Labels;

    /// <summary>What the output's numbers mean.</summary>
    public HeadLayout Layout { get; }

    private Dictionary<string, string> Metadata { get; }

    private string LabelSource { get; }

    /// <summary>Loads a model and runs it once, so that what is returned works.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">How to run it (default: as <see cref="InferenceOptions"/> says).</param>
    /// <param name="labelsPath">A file with a class name a line, in place of the model's own names.</param>
    /// <exception cref="ModelException">It is missing, damaged, no detector, of an unknown layout, or it fails when it runs.</exception>
    public static DetectorModel Load(string path, InferenceOptions? options = null, string? labelsPath = null)
    {
        options ??= new InferenceOptions();
        if (options.Validate() is [var error, ..])
        {
            throw new ModelException(error);
        }

        if (!File.Exists(path))
        {
            throw new ModelException($"There is no model file '{path}'.");
        }

        var session = Open(path, options);
        try
        {
            return new DetectorModel(path, session, labelsPath);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Width and height of the input, in pixels, that frames of this size are put on.</summary>
    public (int Width, int Height) CanvasFor(int width, int height) => _input.CanvasFor(width, height);

    /// <summary>Everything that is known of the file; reads it once for the hash.</summary>
    /// <exception cref="ModelException">The file is gone.</exception>
    public ModelInspection Inspect()
    {
        try
        {
            using var file = File.OpenRead(Path);
            using var binding = Bind(_input.LargestCanvas);
            return new ModelInspection
            {
                Path = Path,
                Size = file.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
                Inputs = [.. _session.InputMetadata.Select(i => ModelInput.Describe(i.Key, i.Value))],
                Outputs = [.. _session.OutputMetadata.Select(o => ModelInput.Describe(o.Key, o.Value))],
                Head = binding.Description,
                Layout = Layout,
                Canvas = _input.LargestCanvas,
                IsDynamic = _input.IsDynamic,
                Labels = Labels,
                LabelSource = LabelSource,
                Metadata = Metadata,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model file '{Path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Lets go of the model.</summary>
    public void Dispose() => _session.Dispose();

    /// <summary>Memory for a canvas size, with the model bound to it; the caller disposes it.</summary>
    /// <exception cref="ModelException">The model fails at that size.</exception>
    internal ModelBinding Bind((int Width, int Height) canvas) => ModelBinding.Create(Path, _session, _input, canvas);

    private static InferenceSession Open(string path, InferenceOptions options)
    {
        try
        {
            using var sessionOptions = options.ToSessionOptions();
            return new InferenceSession(path, sessionOptions);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"ONNX Runtime cannot load the model '{path}', which may be damaged, cut off or no model: {e.Message}", e);
        }
        catch (DllNotFoundException e)
        {
            throw new ModelException(e.Message, e);
        }
    }
}
