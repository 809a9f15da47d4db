using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Models;

/// <summary>A model's class names and where they come from. Immutable.</summary>
/// <param name="Names">By class number.</param>
/// <param name="Source"><c>metadata</c>, a file's path, <c>COCO</c>, or <c>none</c>.</param>
internal sealed record ModelLabels(IReadOnlyList<string> Names, string Source)
{
    /// <summary>What a labels file beside <c>model.onnx</c> may be called, in place of <c>.onnx</c>.</summary>
    private static readonly string[] Extensions = [".names", ".labels", ".txt"];

    /// <summary>
    /// Takes the names from the file that was asked for, else from the model's metadata, else from a file beside the model, else
    /// from COCO when the model has 80 classes or its shape does not tell, else numbers them.
    /// </summary>
    /// <param name="modelPath">The model's file.</param>
    /// <param name="labelsPath">A file with a name a line, or <see langword="null"/>.</param>
    /// <param name="metadata">The model's metadata.</param>
    /// <param name="classes">Classes that the output's shape tells of, if it does.</param>
    /// <exception cref="ModelException">The file cannot be read or has another number of names than the model has classes.</exception>
    public static ModelLabels Find(string modelPath, string? labelsPath, IReadOnlyDictionary<string, string> metadata, int? classes)
    {
        if (labelsPath is not null)
        {
            return FromFile(labelsPath, modelPath, classes);
        }

        if (metadata.TryGetValue("names", out var text) && ClassNames.Parse(text) is { } names)
        {
            return new ModelLabels(Fit(names, classes ?? names.Length), "metadata");
        }

        var beside = Extensions.Select(e => Path.ChangeExtension(modelPath, e)).FirstOrDefault(File.Exists);
        if (beside is not null)
        {
            return FromFile(beside, modelPath, classes);
        }

        return classes is null || classes == CocoLabels.Names.Count
            ? new ModelLabels(CocoLabels.Names, "COCO")
            : new ModelLabels(Fit([], classes.Value), "none");
    }

    private static ModelLabels FromFile(string path, string modelPath, int? classes)
    {
        string[] lines;
        try
        {
            lines = [.. File.ReadAllLines(path).Select(l => l.Trim())];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The labels file '{path}' cannot be read: {e.Message}", e);
        }

        var last = Array.FindLastIndex(lines, l => l.Length > 0);
        var names = lines[..(last + 1)];
        if (names.Length == 0 || (classes is { } wanted && names.Length != wanted))
        {
            throw new ModelException(
                $"The labels file '{path}' has {names.Length} names and the model '{modelPath}' {classes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "at least one"} classes; give a name a line for each class.");
        }

        return new ModelLabels(names, path);
    }

    private static string[] Fit(string[] names, int classes) =>
        [.. Enumerable.Range(0, classes).Select(i => i < names.Length ? names[i] : ClassNames.Unnamed(i))];
}
