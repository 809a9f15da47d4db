using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VisionStream.Detector.Labels;

namespace VisionStream.Tests.Detector.Labels;

public sealed class ClassNamesTests
{
    [Theory]
    [InlineData("{0: 'person', 1: 'traffic light'}", "person|traffic light")]
    [InlineData("['person', 'car']", "person|car")]
    [InlineData("{0: \"driver's seat\", 1: 'a \"b\"'}", "driver's seat|a \"b\"")]
    [InlineData(@"['it\'s', 'back\\slash', 'caf\xe9', '\u4eba', '\U0001F42E']", @"it's|back\slash|café|人|🐮")]
    [InlineData("{\"0\": \"person\", \"1\": \"car\"}", "person|car")]
    [InlineData("{1: 'b', 0: 'a'}", "a|b")]
    [InlineData("{0: 'a', 2: 'c'}", "a|class_1|c")]
    [InlineData(" [ 'a' , 'b' , ] ", "a|b")]
    [InlineData("{0: 'a: b, c}'}", "a: b, c}")]
    public void Names_are_read_as_Python_or_JSON_writes_them(string text, string expected) =>
        Assert.Equal(expected.Split('|'), ClassNames.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("person, car")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{0: 'person'")]
    [InlineData("{0 'person'}")]
    [InlineData("{0: person}")]
    [InlineData("{0: 'a' 1: 'b'}")]
    [InlineData("{0: 'a', 0: 'b'}")]
    [InlineData("{99999999999: 'a'}")]
    [InlineData("{500000: 'a'}")]
    [InlineData("['a")]
    [InlineData(@"['\u12']")]
    public void What_cannot_be_read_is_nothing(string text) => Assert.Null(ClassNames.Parse(text));

    [Fact]
    public void Any_list_that_JSON_writes_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<NonNull<string>>>(),
        names => ClassNames.Parse(JsonSerializer.Serialize(names.Get.Select(n => n.Get)))!
            .SequenceEqual(JsonSerializer.Deserialize<string[]>(JsonSerializer.Serialize(names.Get.Select(n => n.Get)))!)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        text => ClassNames.Parse("{" + text) is null or { Length: > 0 }).QuickCheckThrowOnFailure();

    [Fact]
    public void COCO_has_80_classes_of_which_ten_are_animals()
    {
        Assert.Equal(80, CocoLabels.Names.Distinct().Count());
        Assert.Equal(CocoLabels.Names.Skip(14).Take(10), CocoLabels.Animals);
    }
}
