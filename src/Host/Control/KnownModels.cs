using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Host.Control;

/// <summary>
/// Safe from any thread. The models that callers may name: those of the configuration, by their file's name without the extension, and
/// those of the library.
/// </summary>
internal sealed class KnownModels
{
    private readonly Dictionary<string, (string Path, string? Labels)> _byName = new(StringComparer.Ordinal);

    public KnownModels(ServeOptions options)
    {
        // Where two files have one name the first counts: the service's own, then the streams', then the profiles'.
        foreach (var analysis in (IEnumerable<AnalysisOptions>)
            [options.Defaults, .. options.Streams.Select(s => s.Analysis), .. options.MediaMtx?.Profiles.Values.Select(p => p.Analysis) ?? []])
        {
            if (analysis.Model.Length > 0)
            {
                _byName.TryAdd(Path.GetFileNameWithoutExtension(analysis.Model), (analysis.Model, analysis.Labels));
            }
        }
    }

    /// <summary>A configured model or one of the library by its name, or an ONNX file by its path; <see langword="null"/> when it is neither.</summary>
    public (string Path, string? Labels)? Find(string model)
    {
        if (_byName.TryGetValue(model, out var known))
        {
            return known;
        }

        if (ModelLibrary.Default.List().FirstOrDefault(m => m.Name == model) is { } stored)
        {
            return (stored.Path, null);
        }

        // Nothing but a file that calls itself a model is opened on a caller's word.
        if (!Path.GetExtension(model).Equals(".onnx", StringComparison.OrdinalIgnoreCase) || !File.Exists(model))
        {
            return null;
        }

        var full = Path.GetFullPath(model);
        return _byName.Values.FirstOrDefault(m => Path.GetFullPath(m.Path) == full) is { Path: not null } configured ? configured : (model, null);
    }

    /// <summary>The sentence about a model that is not found.</summary>
    public string Unknown(string model)
    {
        var names = _byName.Keys.Concat(ModelLibrary.Default.List().Select(m => m.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return $"there is no model '{(model.Length > 100 ? model[..100] + "..." : model)}'; "
            + (names.Count == 0 ? "give the path of an ONNX file." : $"there are {string.Join(", ", names)}, or give the path of an ONNX file.");
    }
}
