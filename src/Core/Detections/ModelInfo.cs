namespace VisionStream.Core.Detections;

/// <summary>What subscribers need to know of the model behind a stream. Immutable.</summary>
/// <param name="Name">The file's name without extension, for example <c>yolov8n-640</c>.</param>
/// <param name="Labels">The class names by class number.</param>
public sealed record ModelInfo(string Name, IReadOnlyList<string> Labels);
