using VisionStream.Detector.Labels;

namespace VisionStream.Tests.Detector.Labels;

public sealed class ClassFilterTests
{
    [Fact]
    public void No_names_mean_everything()
    {
        Assert.True(ClassFilter.TryCreate([], CocoLabels.Names, out var filter, out _));
        Assert.Null(filter);
    }

    [Fact]
    public void Names_in_any_case_and_the_preset_can_be_mixed()
    {
        Assert.True(ClassFilter.TryCreate(["Person", "animals", "dog"], CocoLabels.Names, out var filter, out _));
        Assert.Equal([0, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23], filter!.Ids);
        Assert.True(filter.Wants(0) && filter.Wants(23));
        Assert.False(filter.Wants(1) || filter.Wants(-1) || filter.Wants(80));
    }

    [Fact]
    public void The_preset_takes_the_animals_that_the_model_knows()
    {
        Assert.True(ClassFilter.TryCreate(["animals"], ["fox", "cow", "cat"], out var filter, out _));
        Assert.Equal([1, 2], filter!.Ids);
        Assert.False(ClassFilter.TryCreate(["animals"], ["bolt", "nut"], out _, out var error));
        Assert.Contains("'animals'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_of_that_name_comes_before_the_preset()
    {
        Assert.True(ClassFilter.TryCreate(["animals"], ["dog", "animals"], out var filter, out _));
        Assert.Equal([1], filter!.Ids);
    }

    [Fact]
    public void Unknown_names_are_told_in_one_sentence_with_what_is_near()
    {
        Assert.False(ClassFilter.TryCreate(["dgo", "person", "xylophone", "phone"], CocoLabels.Names, out var filter, out var error));
        Assert.Null(filter);
        Assert.Equal(
            "The model has no class 'dgo' (near: dog) and no class 'xylophone' and no class 'phone' (near: cell phone); "
            + "it knows 80 classes, such as person, bicycle, car, motorcycle, airplane.",
            error);
    }
}
