using System.Diagnostics.CodeAnalysis;

namespace VisionStream.Detector.Labels;

/// <summary>Immutable. The classes of one model that are wanted.</summary>
public sealed class ClassFilter
{
    /// <summary>The name that stands for COCO's ten animals.</summary>
    public const string AnimalsPreset = "animals";

    private readonly bool[] _wanted;

    private ClassFilter(IEnumerable<int> ids, int classes)
    {
        _wanted = new bool[classes];
        foreach (var id in ids)
        {
            _wanted[id] = true;
        }

        Ids = [.. Enumerable.Range(0, classes).Where(i => _wanted[i])];
    }

    /// <summary>The wanted class numbers, rising.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>Whether a class is wanted.</summary>
    public bool Wants(int classId) => (uint)classId < (uint)_wanted.Length && _wanted[classId];

    /// <summary>
    /// Finds names, in any case, among a model's labels. <c>animals</c> stands for those of COCO's ten animals that the model knows,
    /// unless it has a class of that name.
    /// </summary>
    /// <param name="names">What is wanted; nothing means everything.</param>
    /// <param name="labels">The model's labels by class number.</param>
    /// <param name="filter"><see langword="null"/> when everything is wanted.</param>
    /// <param name="error">A sentence that names what is unknown and what is near it.</param>
    public static bool TryCreate(
        IReadOnlyCollection<string> names, IReadOnlyList<string> labels, out ClassFilter? filter, [NotNullWhen(false)] out string? error)
    {
        (filter, error) = (null, null);
        var ids = new HashSet<int>();
        var unknown = new List<string>();
        foreach (var name in names)
        {
            var found = Find(name, labels);
            if (found.Count == 0 && name.Equals(AnimalsPreset, StringComparison.OrdinalIgnoreCase))
            {
                found = [.. CocoLabels.Animals.SelectMany(a => Find(a, labels))];
            }

            ids.UnionWith(found);
            if (found.Count == 0)
            {
                unknown.Add(name);
            }
        }

        if (unknown.Count > 0)
        {
            error = $"The model has no class {string.Join(" and no class ", unknown.Select(u => $"'{u}'{Near(u, labels)}"))}; "
                + $"it knows {labels.Count} classes, such as {string.Join(", ", labels.Take(5))}.";
            return false;
        }

        filter = ids.Count == 0 ? null : new ClassFilter(ids, labels.Count);
        return true;
    }

    private static List<int> Find(string name, IReadOnlyList<string> labels) =>
        [.. Enumerable.Range(0, labels.Count).Where(i => labels[i].Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))];

    private static string Near(string name, IReadOnlyList<string> labels)
    {
        var wanted = name.Trim().ToUpperInvariant();
        var near = labels
            .Select(label => (label, Distance: Distance(wanted, label.ToUpperInvariant())))
            .Where(l => l.Distance <= 2 || (wanted.Length > 2 && l.label.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(l => l.Distance)
            .Select(l => l.label)
            .Distinct()
            .Take(3)
            .ToList();
        return near.Count == 0 ? "" : $" (near: {string.Join(", ", near)})";
    }

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
