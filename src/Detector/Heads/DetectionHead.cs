using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Heads;

/// <summary>Immutable, safe from any thread. Finds the candidates in the output of one model; one subclass for each layout.</summary>
/// <param name="layout">What the numbers mean.</param>
/// <param name="rows">The output's second dimension.</param>
/// <param name="columns">The output's third dimension.</param>
internal abstract class DetectionHead(HeadLayout layout, int rows, int columns)
{
    /// <summary>What the numbers mean.</summary>
    public HeadLayout Layout { get; } = layout;

    /// <summary>The output's second dimension.</summary>
    protected int Rows { get; } = rows;

    /// <summary>The output's third dimension.</summary>
    protected int Columns { get; } = columns;

    /// <summary>Classes that the shape tells of; <see langword="null"/> for the end-to-end layout, whose shape does not tell.</summary>
    public abstract int? Classes { get; }

    /// <summary>The most candidates that one output can hold.</summary>
    public abstract int Capacity { get; }

    /// <summary>Whether overlapping candidates of one object have to be suppressed.</summary>
    public virtual bool NeedsSuppression => true;

    /// <summary>Adds the candidates whose best class scores above a threshold and is wanted.</summary>
    /// <param name="output">The whole output, rows after rows.</param>
    /// <param name="confidence">The threshold, 0 to 1; NaN in the output never passes it.</param>
    /// <param name="filter">The wanted classes, or <see langword="null"/> for all.</param>
    /// <param name="found">Where they go.</param>
    public abstract void Scan(ReadOnlySpan<float> output, float confidence, ClassFilter? filter, CandidateBuffer found);
}
