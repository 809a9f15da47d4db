using VisionStream.Detector.Models;

namespace VisionStream.Tests.Detector.Models;

public sealed class ModelLabelsTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_was_asked_for_comes_before_the_metadata()
    {
        File.WriteAllText(_folder.File("mine.txt"), "bolt\r\nnut \n\n");
        var labels = ModelLabels.Find(Model, _folder.File("mine.txt"), new Dictionary<string, string> { ["names"] = "['a', 'b']" }, 2);
        Assert.Equal(["bolt", "nut"], labels.Names);
        Assert.Equal(_folder.File("mine.txt"), labels.Source);
    }

    [Fact]
    public void Metadata_comes_before_a_file_beside_the_model_and_is_filled_up_or_cut_to_the_classes()
    {
        File.WriteAllText(_folder.File("model.names"), "x\ny\nz");
        var metadata = new Dictionary<string, string> { ["names"] = "{0: 'a', 1: 'b'}" };
        Assert.Equal(["a", "b", "class_2"], ModelLabels.Find(Model, null, metadata, 3).Names);
        Assert.Equal(["a"], ModelLabels.Find(Model, null, metadata, 1).Names);
        Assert.Equal(["a", "b"], ModelLabels.Find(Model, null, metadata, null).Names);
    }

    [Theory]
    [InlineData(".names")]
    [InlineData(".labels")]
    [InlineData(".txt")]
    public void A_file_beside_the_model_names_its_classes(string extension)
    {
        File.WriteAllText(_folder.File("model" + extension), "a\nb\nc");
        var metadata = new Dictionary<string, string> { ["names"] = "unreadable" };
        Assert.Equal(["a", "b", "c"], ModelLabels.Find(Model, null, metadata, 3).Names);
    }

    [Fact]
    public void A_file_with_another_number_of_names_is_refused()
    {
        File.WriteAllText(_folder.File("model.txt"), "a\nb");
        var e = Assert.Throws<ModelException>(() => ModelLabels.Find(Model, null, Nothing, 3));
        Assert.Contains("has 2 names", e.Message, StringComparison.Ordinal);
        Assert.Contains("3 classes", e.Message, StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => ModelLabels.Find(Model, _folder.File("missing.txt"), Nothing, 3));
    }

    [Fact]
    public void Without_any_names_80_classes_are_COCO_and_others_are_numbered()
    {
        Assert.Equal("COCO", ModelLabels.Find(Model, null, Nothing, 80).Source);
        Assert.Equal("COCO", ModelLabels.Find(Model, null, Nothing, null).Source);
        Assert.Equal(["class_0", "class_1"], ModelLabels.Find(Model, null, Nothing, 2).Names);
    }

    private string Model => _folder.File("model.onnx");
}
