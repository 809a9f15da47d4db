using VisionStream.Detector.Heads;

namespace VisionStream.Detector.Models;

/// <summary>Everything that is known of a model file, for <c>models inspect</c>. Immutable.</summary>
public sealed record ModelInspection
{
    /// <summary>Where the file lies.</summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its SHA-256 in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What goes in.</summary>
    public required IReadOnlyList<TensorDescription> Inputs { get; init; }

    /// <summary>What comes out, as the file declares it.</summary>
    public required IReadOnlyList<TensorDescription> Outputs { get; init; }

    /// <summary>The output that is read, with the shape that a run gave it.</summary>
    public required TensorDescription Head { get; init; }

    /// <summary>What its numbers mean.</summary>
    public required HeadLayout Layout { get; init; }

    /// <summary>Width and height of the input in pixels; for an open input, of the largest that is used.</summary>
    public required (int Width, int Height) Canvas { get; init; }

    /// <summary>Whether the input's size follows the stream's shape.</summary>
    public required bool IsDynamic { get; init; }

    /// <summary>The class names by class number.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Where the names come from: <c>metadata</c>, a file, <c>COCO</c>, or <c>none</c>.</summary>
    public required string LabelSource { get; init; }

    /// <summary>The file's own keys and values.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}
