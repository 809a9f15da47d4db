using System.Text.Json;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Models;

/// <summary>Immutable. The file <c>catalogue.json</c> beside the bundled models: what each of them hashes to.</summary>
internal sealed class ModelCatalogue
{
    private const string FileName = "catalogue.json";

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true };

    private readonly Dictionary<string, string> _sha256ByFile;

    private ModelCatalogue(Dictionary<string, string> sha256ByFile) => _sha256ByFile = sha256ByFile;

    /// <summary>Reads the catalogue of a folder; one without such a file says nothing of any model.</summary>
    /// <exception cref="BadInputException">The file is no catalogue or cannot be read.</exception>
    public static ModelCatalogue Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var models = File.Exists(path) ? JsonSerializer.Deserialize<CatalogueFile>(File.ReadAllBytes(path), Wire)?.Models ?? [] : [];
            return new ModelCatalogue(models.ToDictionary(m => m.File, m => m.Sha256, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{path}' is no catalogue of models: {e.Message} Install VisionStream's models folder again.");
        }
    }

    /// <summary>What a model's file has to hash to, in small hexadecimal digits; <see langword="null"/> when the catalogue does not name it.</summary>
    public string? Sha256Of(StoredModel model) => model.IsBundled ? _sha256ByFile.GetValueOrDefault(Path.GetFileName(model.Path)) : null;

    private sealed record CatalogueFile(IReadOnlyList<CataloguedModel> Models);

    private sealed record CataloguedModel(string File, string Sha256);
}
