using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using VisionStream.Core.Frames;
using VisionStream.Detector.Heads;
using VisionStream.Detector.Kernels;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Detector.Models;

/// <summary>
/// Not safe for several threads. A model bound to memory for one canvas size: the kernel writes the input where ONNX Runtime reads
/// it, and the head reads the output where ONNX Runtime wrote it.
/// </summary>
internal sealed class ModelBinding : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly LetterboxKernel _kernel;
    private readonly float[]? _input;
    private readonly Float16[]? _halfInput;
    private readonly float[] _output;
    private readonly Float16[]? _halfOutput;

    private ModelBinding(InferenceSession session, ModelInput input, ModelOutput output, (int Width, int Height) canvas)
    {
        _session = session;
        Canvas = canvas;
        Head = output.Head;
        Description = new TensorDescription(output.Name, output.IsHalf ? "Float16" : "Float", output.Shape);
        var style = output.Head.Layout == HeadLayout.Yolox ? InputStyle.TopLeft : InputStyle.Centred;
        _kernel = new LetterboxKernel(canvas.Width, canvas.Height, style);
        _binding = session.CreateIoBinding();
        try
        {
            long[] inputShape = [1, 3, canvas.Height, canvas.Width];
            (_input, _halfInput) = input.IsHalf
                ? (null, Bind<Float16>(inputShape, value => _binding.BindInput(input.Name, value)))
                : (Bind<float>(inputShape, value => _binding.BindInput(input.Name, value)), (Float16[]?)null);
            _halfOutput = output.IsHalf ? Bind<Float16>(output.Shape, value => _binding.BindOutput(output.Name, value)) : null;
            _output = output.IsHalf
                ? new float[_halfOutput!.Length]
                : Bind<float>(output.Shape, value => _binding.BindOutput(output.Name, value));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Width and height of the input in pixels.</summary>
    public (int Width, int Height) Canvas { get; }

    /// <summary>How to read the output.</summary>
    public DetectionHead Head { get; }

    /// <summary>The output in words.</summary>
    public TensorDescription Description { get; }

    /// <summary>Runs the model once on a canvas of zeros, finds the output that is a detection head, and binds it.</summary>
    /// <exception cref="ModelException">The model fails, or none of its outputs has a known layout.</exception>
    public static ModelBinding Create(string path, InferenceSession session, ModelInput input, (int Width, int Height) canvas)
    {
        try
        {
            return new ModelBinding(session, input, ModelOutput.Find(path, session, input, canvas), canvas);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"The model '{path}' loads but cannot run on a {canvas.Width}x{canvas.Height} picture: {e.Message}", e);
        }
    }

    /// <summary>Writes a frame into the input.</summary>
    public Letterbox Write(VideoFrame frame) => _halfInput is null
        ? _kernel.Write(frame, _input!)
        : _kernel.Write(frame, MemoryMarshal.Cast<Float16, Half>(_halfInput.AsSpan()));

    /// <summary>Runs the model.</summary>
    /// <exception cref="OnnxRuntimeException">It failed or was told to stop.</exception>
    public void Run(RunOptions options) => _session.RunWithBinding(options, _binding);

    /// <summary>The output of the last run, valid until the next.</summary>
    public ReadOnlySpan<float> Output()
    {
        if (_halfOutput is not null)
        {
            HalfWidening.Widen(MemoryMarshal.Cast<Float16, Half>(_halfOutput.AsSpan()), _output);
        }

        return _output;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(v => v.Dispose());
    }

    private T[] Bind<T>(long[] shape, Action<OrtValue> bind)
        where T : unmanaged
    {
        var memory = GC.AllocateArray<T>(checked((int)shape.Aggregate(1L, (a, b) => a * b)), pinned: true);
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        bind(value);
        return memory;
    }
}
