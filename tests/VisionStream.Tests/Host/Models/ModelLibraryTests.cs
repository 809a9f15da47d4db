using System.Security.Cryptography;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Tests.Host.Models;

public sealed class ModelLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("visionstream-library-").FullName;

    [Fact]
    public void A_model_is_found_by_its_name_with_or_without_the_ending()
    {
        var library = With(bundled: ["markers"], added: ["mine"]);

        Assert.Equal(Path.Combine(_folder, "bundled", "markers.onnx"), library.Locate("markers"));
        Assert.Equal(Path.Combine(_folder, "added", "mine.onnx"), library.Locate("mine.onnx"));
    }

    [Fact]
    public void An_added_model_stands_for_a_bundled_one_of_the_same_name()
    {
        var library = With(bundled: ["markers", "other"], added: ["markers"]);

        Assert.Equal(["markers", "other"], library.List().Select(m => m.Name));
        Assert.Equal(Path.Combine(_folder, "added", "markers.onnx"), library.Locate("markers"));
        Assert.False(library.List()[0].IsBundled);
    }

    [Fact]
    public void A_path_is_a_path_and_what_nobody_knows_stays_as_it_is()
    {
        var library = With(bundled: ["markers"], added: []);
        var file = Path.Combine(_folder, "bundled", "markers.onnx");

        Assert.Equal(file, library.Locate(file));
        Assert.Equal("./markers", library.Locate("./markers"));
        Assert.Equal("nobody", library.Locate("nobody"));
    }

    [Fact]
    public void Folders_that_are_not_there_hold_nothing()
    {
        var library = new ModelLibrary(Path.Combine(_folder, "no"), Path.Combine(_folder, "neither"));

        Assert.Empty(library.List());
        Assert.Equal("markers", library.Locate("markers"));
    }

    [Fact]
    public void A_bundled_file_that_is_not_the_catalogues_is_told_and_added_ones_are_the_users_own()
    {
        using var files = new TinyModels();
        var library = With(bundled: ["same", "other", "unlisted"], added: ["mine"]);
        foreach (var model in library.List())
        {
            File.Copy(files.Pets, model.Path, overwrite: true);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(files.Pets)));
        var wrong = new string('0', 64);
        Catalogue($$"""
            {"schema":"visionstream-models/1","models":[
              { "name": "same", "file": "same.onnx", "sha256": "{{sha256}}", "bytes": 1 },
              { "name": "other", "file": "other.onnx", "sha256": "{{wrong}}" },
              { "name": "mine", "file": "mine.onnx", "sha256": "{{wrong}}" }
            ]}
            """);

        var catalogue = library.Catalogue();
        var listed = library.List().Select(m => ListedModel.Of(m, catalogue)).ToDictionary(m => m.Name);

        Assert.All(listed.Values, m => Assert.Equal((sha256, new FileInfo(files.Pets).Length, 2), (m.Sha256, m.Bytes, m.Classes!.Count)));
        Assert.Contains(wrong, listed["other"].Problem, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (listed["same"].Problem, listed["unlisted"].Problem, listed["mine"].Problem));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"models":[{"file":"a.onnx"},{"file":"a.onnx"}]}""")]
    [InlineData("""{"models":[{"file":null,"sha256":""}]}""")]
    public void A_catalogue_that_is_none_is_one_sentence(string text)
    {
        var library = With(bundled: ["markers"], added: []);
        Catalogue(text);
        Assert.Contains("catalogue.json' is no catalogue", Assert.Throws<BadInputException>(library.Catalogue).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundled_models_are_the_catalogues()
    {
        var catalogue = ModelLibrary.Default.Catalogue();
        var bundled = ModelLibrary.Default.List().Where(m => m.IsBundled).ToList();
        Assert.All(bundled, m => Assert.Equal(catalogue.Sha256Of(m), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(m.Path)))));
    }

    [Fact]
    public void The_demos_model_is_bundled() =>
        Assert.Contains(ModelLibrary.Default.List(), m => m is { Name: ModelLibrary.DemoModel, IsBundled: true });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Catalogue(string text) => File.WriteAllText(Path.Combine(_folder, "bundled", "catalogue.json"), text);

    private ModelLibrary With(string[] bundled, string[] added)
    {
        foreach (var (name, models) in new[] { ("bundled", bundled), ("added", added) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
            foreach (var model in models)
            {
                File.WriteAllText(Path.Combine(_folder, name, model + ".onnx"), "");
            }
        }

        return new ModelLibrary(Path.Combine(_folder, "bundled"), Path.Combine(_folder, "added"));
    }
}
