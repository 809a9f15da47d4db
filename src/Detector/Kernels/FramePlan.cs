using VisionStream.Core.Frames;
using VisionStream.Detector.Letterboxing;

namespace VisionStream.Detector.Kernels;

/// <summary>Not safe for several threads. Everything that can be computed once for frames of one format on one canvas.</summary>
internal sealed class FramePlan
{
    /// <param name="format">The frames' format.</param>
    /// <param name="letterbox">Where they lie on the canvas.</param>
    public FramePlan(FrameFormat format, Letterbox letterbox)
    {
        Format = format;
        Letterbox = letterbox;
        Coefficients = ColorCoefficients.For(format.Matrix, format.Range);
        var across = format.Layout == PixelLayout.I444 ? 1 : 2;
        var down = format.Layout is PixelLayout.I444 or PixelLayout.I422 ? 1 : 2;
        var lumaRows = AxisTaps.Create(format.Height, letterbox.Height, 1);
        var chromaRows = AxisTaps.Create(format.Height, letterbox.Height, down);
        var chromaColumns = AxisTaps.Create(format.Width, letterbox.Width, across);
        Y = new PlaneSampler(lumaRows, RowTaps.Create(AxisTaps.Create(format.Width, letterbox.Width, 1)));
        var interleaved = format.Layout == PixelLayout.Nv12;
        var u = RowTaps.Create(chromaColumns, interleaved ? 2 : 1);
        U = new PlaneSampler(chromaRows, u);
        V = new PlaneSampler(chromaRows, interleaved ? RowTaps.Create(chromaColumns, 2, 1) : u);
    }

    /// <summary>The frames' format.</summary>
    public FrameFormat Format { get; }

    /// <summary>Where they lie on the canvas.</summary>
    public Letterbox Letterbox { get; }

    /// <summary>How they become RGB.</summary>
    public ColorCoefficients Coefficients { get; }

    /// <summary>Luma.</summary>
    public PlaneSampler Y { get; }

    /// <summary>Blue difference.</summary>
    public PlaneSampler U { get; }

    /// <summary>Red difference.</summary>
    public PlaneSampler V { get; }
}
