using System.Collections.Immutable;
using System.Globalization;

namespace VisionStream.LibAv;

/// <summary>
/// Options for libav* by their native names (<c>rtsp_transport</c>, <c>preset</c>), immutable. A flags option such as
/// <c>fflags</c> takes all its values in one text: <c>+nobuffer+discardcorrupt</c>.
/// </summary>
public sealed class MediaOptions
{
    /// <summary>No options.</summary>
    public static readonly MediaOptions None = new(ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, string> _values;

    private MediaOptions(ImmutableSortedDictionary<string, string> values)
    {
        _values = values;
    }

    /// <summary>All options by name, in order of the names.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>The value of an option, null when it is not set.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>These options with one set; what it was before is replaced.</summary>
    public MediaOptions With(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        return new MediaOptions(_values.SetItem(name, value));
    }

    /// <inheritdoc cref="With(string, string)"/>
    public MediaOptions With(string name, long value)
    {
        return With(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>These options with those of <paramref name="others"/> set over them.</summary>
    public MediaOptions With(MediaOptions others)
    {
        return new MediaOptions(_values.SetItems(others._values));
    }
}
