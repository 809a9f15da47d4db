using System.Collections.Frozen;
using VisionStream.Core.Detections;

namespace VisionStream.Broadcaster.Subscriptions;

/// <summary>
/// Immutable. Which detections of a frame a subscriber wants. Two filters that ask for the same are equal, so that those who share
/// one share the bytes of a message.
/// </summary>
public sealed class DetectionFilter : IEquatable<DetectionFilter>
{
    /// <summary>Lets everything through.</summary>
    public static readonly DetectionFilter All = new([], 0);

    private readonly FrozenSet<string>? _classes;
    private readonly string _key;

    /// <summary>Makes a filter.</summary>
    /// <param name="classes">Labels to keep, in any letter case; none for all of them.</param>
    /// <param name="minConfidence">0 to 1; detections below it are left out.</param>
    public DetectionFilter(IEnumerable<string> classes, float minConfidence)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(minConfidence is >= 0 and <= 1, true, nameof(minConfidence));
        string[] labels = [.. classes.Select(c => c.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Classes = labels;
        MinConfidence = minConfidence;
        _classes = labels.Length == 0 ? null : labels.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        // No label holds a line feed: requests with control characters are refused.
        _key = string.Join('\n', labels);
    }

    /// <summary>Labels to keep, lower case and sorted; empty for all of them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>0 to 1; detections below it are left out.</summary>
    public float MinConfidence { get; }

    /// <summary>Whether a detection is wanted.</summary>
    public bool Passes(in Detection detection) =>
        detection.Confidence >= MinConfidence && (_classes is null || _classes.Contains(detection.Label));

    /// <inheritdoc/>
    public bool Equals(DetectionFilter? other) => other is not null && MinConfidence == other.MinConfidence && _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DetectionFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_key, MinConfidence);
}
