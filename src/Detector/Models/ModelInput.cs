using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VisionStream.Detector.Models;

/// <summary>The one picture that a detector takes. Immutable.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="IsHalf">Whether its elements are float16 and not float32.</param>
/// <param name="FixedWidth">Its width in pixels, or 0 when the file leaves it open.</param>
/// <param name="FixedHeight">Its height in pixels, or 0 when the file leaves it open.</param>
/// <param name="Longest">The longest side used where the file leaves it open.</param>
/// <param name="Stride">Open sides are multiples of this.</param>
internal sealed record ModelInput(string Name, bool IsHalf, int FixedWidth, int FixedHeight, int Longest, int Stride)
{
    /// <summary>What Ultralytics trains and exports with unless told otherwise.</summary>
    private const int UsualSide = 640;

    /// <summary>The coarsest grid of nearly all YOLO networks; larger ones say so in their metadata.</summary>
    private const int UsualStride = 32;

    /// <summary>Whether a side follows the stream's shape.</summary>
    public bool IsDynamic => FixedWidth == 0 || FixedHeight == 0;

    /// <summary>Width and height for streams of unknown shape.</summary>
    public (int Width, int Height) LargestCanvas => (
        FixedWidth > 0 ? FixedWidth : RoundUp(Longest), FixedHeight > 0 ? FixedHeight : RoundUp(Longest));

    /// <summary>
    /// Width and height for a stream: an open side is the smallest multiple of the stride that the stream fits into, after it has been
    /// shrunk to the longest side where it is larger.
    /// </summary>
    public (int Width, int Height) CanvasFor(int width, int height)
    {
        var scale = Math.Min(1.0, (double)Longest / Math.Max(width, height));
        return (
            FixedWidth > 0 ? FixedWidth : RoundUp((int)Math.Round(width * scale)),
            FixedHeight > 0 ? FixedHeight : RoundUp((int)Math.Round(height * scale)));
    }

    /// <summary>Reads the input from a session.</summary>
    /// <exception cref="ModelException">The model takes something else than one RGB picture in floats.</exception>
    public static ModelInput Of(string path, InferenceSession session, IReadOnlyDictionary<string, string> metadata)
    {
        var described = string.Join(" and ", session.InputMetadata.Select(i => Describe(i.Key, i.Value)));
        if (session.InputMetadata.Count != 1
            || session.InputMetadata.Single() is not { Value: { IsTensor: true, Dimensions: [-1 or 1, -1 or 3, var height, var width] } node } input
            || node.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16))
        {
            throw new ModelException(
                $"The model '{path}' is no detector that can be used: it takes {described}, and one picture [1,3,height,width] of floats is expected.");
        }

        var side = metadata.TryGetValue("imgsz", out var text) ? Largest(text) : 0;
        var stride = metadata.TryGetValue("stride", out text) ? Largest(text) : 0;
        return new ModelInput(
            input.Key,
            node.ElementDataType == TensorElementType.Float16,
            Math.Max(0, width),
            Math.Max(0, height),
            side is >= UsualStride and <= 8192 ? side : UsualSide,
            Math.Clamp(stride, UsualStride, 256));
    }

    /// <summary>An input or output in words.</summary>
    public static TensorDescription Describe(string name, NodeMetadata node) => node.IsTensor
        ? new TensorDescription(name, node.ElementDataType.ToString(), [.. node.Dimensions.Select(d => (long)d)])
        : new TensorDescription(name, node.OnnxValueType.ToString(), []);

    private int RoundUp(int side) => Math.Max(Stride, (side + Stride - 1) / Stride * Stride);

    // "[640, 640]", "640" or "32.0".
    private static int Largest(string text) => text
        .Split([' ', ',', '[', ']', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
        .Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 1e6 ? (int)n : 0)
        .DefaultIfEmpty(0)
        .Max();
}
