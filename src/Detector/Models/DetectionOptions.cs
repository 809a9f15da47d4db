using System.Globalization;
using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Models;

/// <summary>What people may ask to be reported, as they write it. Immutable; <see cref="Resolve"/> turns it into settings for one model.</summary>
public sealed record DetectionOptions
{
    /// <summary>Objects have to score above this, 0 to below 1 (default: 0.25).</summary>
    public float Confidence { get; init; } = DetectionSettings.Default.Confidence;

    /// <summary>Boxes of one class that overlap by more than this count as one object, above 0 to 1 (default: 0.7).</summary>
    public float Iou { get; init; } = DetectionSettings.Default.Iou;

    /// <summary>The most objects in a frame, 1 to 10000 (default: 300).</summary>
    public int MaxDetections { get; init; } = DetectionSettings.Default.MaxDetections;

    /// <summary>Class names, or <c>animals</c> for COCO's ten animals (default: none, which means all classes).</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Everything that is wrong whatever the model, a sentence each, starting with the option's name.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!(Confidence is >= 0 and < 1))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"confidence: {Confidence} is not from 0 to below 1."));
        }

        if (!(Iou is > 0 and <= 1))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"iou: {Iou} is not above 0 and at most 1."));
        }

        if (MaxDetections is < 1 or > 10_000)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"max_detections: {MaxDetections} is not between 1 and 10000."));
        }

        if (Classes.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add("classes: one of the names is empty.");
        }

        return errors;
    }

    /// <summary>The settings for a model with these labels; all that is wrong, classes that it does not have included, is in <paramref name="errors"/>.</summary>
    /// <param name="labels">The model's labels by class number.</param>
    /// <param name="errors">A sentence each, starting with the option's name; empty when the settings are good.</param>
    public DetectionSettings? Resolve(IReadOnlyList<string> labels, out IReadOnlyList<string> errors)
    {
        var wrong = Validate().ToList();
        var names = Classes.Where(c => !string.IsNullOrWhiteSpace(c)).ToList();
        if (!ClassFilter.TryCreate(names, labels, out var filter, out var unknown))
        {
            wrong.Add($"classes: {unknown}");
        }

        errors = wrong;
        return wrong.Count > 0
            ? null
            : new DetectionSettings { Confidence = Confidence, Iou = Iou, MaxDetections = MaxDetections, Classes = filter };
    }
}
