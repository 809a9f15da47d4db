using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VisionStream.Detector.Heads;

namespace VisionStream.Detector.Models;

/// <summary>The output of a model that its detections are read from, as a run gave it. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsHalf">Whether its elements are float16 and not float32.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Head">How to read it.</param>
internal sealed record ModelOutput(string Name, bool IsHalf, long[] Shape, DetectionHead Head)
{
    /// <summary>Runs the model once on a canvas of zeros and takes the first output whose shape is a known layout.</summary>
    /// <exception cref="OnnxRuntimeException">The model fails.</exception>
    /// <exception cref="ModelException">No output has a known layout.</exception>
    public static ModelOutput Find(string path, InferenceSession session, ModelInput input, (int Width, int Height) canvas)
    {
        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        long[] inputShape = [1, 3, canvas.Height, canvas.Width];
        var pixels = 3 * canvas.Height * canvas.Width;
        using var picture = input.IsHalf
            ? OrtValue.CreateTensorValueFromMemory(new Float16[pixels], inputShape)
            : OrtValue.CreateTensorValueFromMemory(new float[pixels], inputShape);
        binding.BindInput(input.Name, picture);
        foreach (var name in session.OutputNames)
        {
            binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
        }

        using var results = session.RunWithBoundResults(options, binding);
        var found = new List<TensorDescription>();
        for (var i = 0; i < results.Count; i++)
        {
            if (!results[i].IsTensor)
            {
                found.Add(new TensorDescription(session.OutputNames[i], results[i].OnnxType.ToString(), []));
                continue;
            }

            var type = results[i].GetTensorTypeAndShape();
            found.Add(new TensorDescription(session.OutputNames[i], type.ElementDataType.ToString(), type.Shape));
            if (type.ElementDataType is TensorElementType.Float or TensorElementType.Float16
                && HeadSelection.TrySelect(type.Shape, canvas.Width, canvas.Height) is { } head)
            {
                return new ModelOutput(session.OutputNames[i], type.ElementDataType == TensorElementType.Float16, type.Shape, head);
            }
        }

        throw new ModelException(
            $"The model '{path}' gives {string.Join(" and ", found)} for a {canvas.Width}x{canvas.Height} picture, which is none of the known layouts: {HeadSelection.Known}.");
    }
}
