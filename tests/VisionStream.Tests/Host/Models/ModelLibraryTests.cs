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
    public void The_demos_model_is_bundled() =>
        Assert.Contains(ModelLibrary.Default.List(), m => m is { Name: ModelLibrary.DemoModel, IsBundled: true });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
