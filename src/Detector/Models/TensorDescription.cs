namespace VisionStream.Detector.Models;

/// <summary>An input or output of a model. Immutable.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="ElementType">Its element type, for example <c>Float</c> or <c>Float16</c>.</param>
/// <param name="Shape">Its dimensions; -1 where the file leaves one open.</param>
public sealed record TensorDescription(string Name, string ElementType, IReadOnlyList<long> Shape)
{
    /// <summary>For example <c>images Float [1,3,640,640]</c>; open dimensions are written as <c>?</c>.</summary>
    public override string ToString() => $"{Name} {ElementType} {Text(Shape)}";

    /// <summary>A shape as people write it.</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(",", shape.Select(d => d < 0 ? "?" : d.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
