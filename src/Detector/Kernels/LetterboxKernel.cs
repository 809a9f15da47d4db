using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VisionStream.Core.Frames;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Detector.Kernels;

/// <summary>
/// Not safe for several threads. Writes frames into one network input: resized with their proportions kept, as RGB (or BGR) planes,
/// normalised, grey around. One pass from the frame's YUV planes, nothing in between but two rows of each plane.
/// </summary>
/// <remarks>
/// <code>
///   source rows --Resample--> rows of target width, 7 bits of fraction --Convert--> mix down, YUV to RGB, 8 bits, scale, store
/// </code>
/// Colours are interpolated before they are converted, so that the conversion runs at target size; both are linear, so only
/// clipping of impossible colours differs from the other order. Nothing is allocated for a format seen before.
/// </remarks>
public sealed unsafe class LetterboxKernel
{
    /// <summary>Formats remembered: a few streams of different sizes share a model, and tables for one are about 10 KB.</summary>
    private const int PlansKept = 16;

    private readonly int _width;
    private readonly int _height;
    private readonly InputStyle _style;
    private readonly VectorWidth _vectors;
    private readonly List<FramePlan> _plans = new(PlansKept);
    private FramePlan? _plan;
    private (int Left, int Top, int Width, int Height) _greyAround;

    /// <param name="width">Width of the network's input in pixels.</param>
    /// <param name="height">Height of the network's input in pixels.</param>
    /// <param name="style">What the network expects.</param>
    /// <param name="vectors">Which twin to run; all give the same bits.</param>
    /// <exception cref="PlatformNotSupportedException">This machine has no vectors of that width.</exception>
    public LetterboxKernel(int width, int height, InputStyle style, VectorWidth vectors = VectorWidth.Best)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        _width = width;
        _height = height;
        _style = style;
        _vectors = vectors == VectorWidth.Best ? Widest() : vectors;
        if (!IsSupported(_vectors))
        {
            throw new PlatformNotSupportedException($"This machine has no {_vectors} vectors.");
        }
    }

    /// <summary>Elements of the input: three planes.</summary>
    public int TensorLength => 3 * _width * _height;

    private float Scale => _style == InputStyle.Centred ? 1f / 255 : 1;

    /// <summary>Whether this machine can run a twin.</summary>
    public static bool IsSupported(VectorWidth vectors) => vectors switch
    {
        VectorWidth.Bits128 => Vector128.IsHardwareAccelerated && Words128.IsSupported,
        VectorWidth.Bits256 => Vector256.IsHardwareAccelerated && Words256.IsSupported,
        VectorWidth.Bits512 => Words512.IsSupported,
        _ => true,
    };

    /// <summary>Writes a frame.</summary>
    /// <param name="frame">Held by the caller.</param>
    /// <param name="tensor">The same memory in every call, <see cref="TensorLength"/> elements: the grey is written only when the picture lies elsewhere than the last.</param>
    /// <returns>Where the picture lies.</returns>
    public Letterbox Write(VideoFrame frame, Span<float> tensor) => WriteAny(frame, tensor);

    /// <inheritdoc cref="Write(VideoFrame, Span{float})"/>
    public Letterbox Write(VideoFrame frame, Span<Half> tensor) => WriteAny(frame, tensor);

    // The runtime calls 512 bits slow on processors that lower their clock for them. ONNX Runtime uses them there all the same, and
    // the kernel is 5 to 25 % faster with them (Xeon with AVX-512 VNNI, 720p to 1080p).
    private static VectorWidth Widest() =>
        IsSupported(VectorWidth.Bits512) ? VectorWidth.Bits512
        : IsSupported(VectorWidth.Bits256) ? VectorWidth.Bits256
        : IsSupported(VectorWidth.Bits128) ? VectorWidth.Bits128
        : VectorWidth.Scalar;

    private Letterbox WriteAny<TPixel>(VideoFrame frame, Span<TPixel> tensor)
        where TPixel : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tensor.Length, TensorLength, nameof(tensor));
        var plan = PlanFor(frame.Format);
        var picture = (plan.Letterbox.Left, plan.Letterbox.Top, plan.Letterbox.Width, plan.Letterbox.Height);
        if (_greyAround != picture)
        {
            if (typeof(TPixel) == typeof(float))
            {
                MemoryMarshal.Cast<TPixel, float>(tensor).Fill(Letterbox.Grey * Scale);
            }
            else
            {
                MemoryMarshal.Cast<TPixel, Half>(tensor).Fill((Half)(Letterbox.Grey * Scale));
            }

            _greyAround = picture;
        }

        switch (_vectors)
        {
            case VectorWidth.Bits512:
                Run<VectorRows<Words512>, TPixel>(frame, plan, tensor);
                break;
            case VectorWidth.Bits256:
                Run<VectorRows<Words256>, TPixel>(frame, plan, tensor);
                break;
            case VectorWidth.Bits128:
                Run<VectorRows<Words128>, TPixel>(frame, plan, tensor);
                break;
            default:
                Run<ScalarRows, TPixel>(frame, plan, tensor);
                break;
        }

        return plan.Letterbox;
    }

    private void Run<TKernel, TPixel>(VideoFrame frame, FramePlan plan, Span<TPixel> tensor)
        where TKernel : struct, IRowKernel
        where TPixel : unmanaged
    {
        var interleaved = frame.Format.Layout == PixelLayout.Nv12;
        var vPlane = interleaved ? 1 : 2;
        fixed (byte* yBase = frame.Plane(0), uBase = frame.Plane(1), vBase = frame.Plane(vPlane))
        fixed (TPixel* canvas = tensor)
        {
            var (yStride, cStride) = (frame.Stride(0), frame.Stride(1));
            var area = (nint)_width * _height;
            var corner = canvas + ((nint)plan.Letterbox.Top * _width) + plan.Letterbox.Left;
            var reversed = _style == InputStyle.TopLeft;
            var red = reversed ? corner + (2 * area) : corner;
            var green = corner + area;
            var blue = reversed ? corner : corner + (2 * area);

            plan.Y.Begin();
            plan.U.Begin();
            plan.V.Begin();
            for (var row = 0; row < plan.Letterbox.Height; row++)
            {
                var colors = new RowColors(
                    plan.Y.Rows<TKernel>(yBase, yStride, row),
                    plan.U.Rows<TKernel>(uBase, cStride, row),
                    plan.V.Rows<TKernel>(vBase, cStride, row),
                    plan.Coefficients,
                    Scale);
                var offset = (nint)row * _width;
                TKernel.Convert(colors, red + offset, green + offset, blue + offset, plan.Letterbox.Width);
            }
        }
    }

    private FramePlan PlanFor(in FrameFormat format)
    {
        if (_plan is { } current && current.Format == format)
        {
            return current;
        }

        foreach (var plan in CollectionsMarshal.AsSpan(_plans))
        {
            if (plan.Format == format)
            {
                return _plan = plan;
            }
        }

        if (_plans.Count == PlansKept)
        {
            _plans.RemoveAt(0);
        }

        _plan = new FramePlan(format, Letterbox.Fit(format.Width, format.Height, _width, _height, _style));
        _plans.Add(_plan);
        return _plan;
    }
}
