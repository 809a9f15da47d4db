using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.Tests.MediaMtx.Naming;

public class NamePatternTests
{
    [Theory]
    [InlineData("live/*", "live/glasses", true)]
    [InlineData("live/*", "live/a/b", true)]
    [InlineData("live/*", "live", false)]
    [InlineData("live/*", "lively/a", false)]
    [InlineData("*", "a/b/c", true)]
    [InlineData("workshop-*/pit-*", "workshop-7/pit-12", true)]
    [InlineData("workshop-*/pit-*", "workshop-7/door", false)]
    [InlineData("*-cam", "a-cam-cam", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("live/cam", "live/cam", true)]
    [InlineData("live/cam", "live/Cam", false)]
    [InlineData("live/cam", "live/cam2", false)]
    public void A_star_stands_for_any_characters(string pattern, string name, bool expected)
    {
        Assert.True(NamePattern.TryParse(pattern, out var parsed, out _));
        Assert.Equal(expected, parsed.Matches(StreamName.Parse(name)));
    }

    [Fact]
    public void Matching_is_that_of_the_regular_expression_with_dots_and_stars()
    {
        var pattern = Gen.Elements('a', 'b', '*', '.').NonEmptyListOf().Select(c => string.Concat(c));
        var name = Gen.Elements('a', 'b', '.').NonEmptyListOf().Select(c => string.Concat(c));
        Prop.ForAll(Arb.From(Gen.Zip(pattern, name)), pair =>
        {
            if (!NamePattern.TryParse(pair.Item1, out var parsed, out _) || !StreamName.TryParse(pair.Item2, out var stream, out _))
            {
                return true;
            }

            var expected = Regex.IsMatch(pair.Item2, "^" + Regex.Escape(pair.Item1).Replace("\\*", ".*", StringComparison.Ordinal) + "$");
            return parsed.Matches(stream) == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("live//x")]
    [InlineData("live/../x")]
    [InlineData("~^live/(.+)$")]
    public void What_cannot_be_a_name_is_no_pattern(string? text)
    {
        Assert.False(NamePattern.TryParse(text, out _, out var error));
        Assert.Contains("no pattern such as live/*", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotated_names_lead_back_to_their_stream()
    {
        var stream = StreamName.Parse("live/glasses");
        Assert.True(AnnotatedName.TryOf(stream, out var annotated));
        Assert.Equal("live/glasses-annotated", annotated.Value);
        Assert.True(AnnotatedName.TrySourceOf(annotated, out var source));
        Assert.Equal(stream, source);
        Assert.False(AnnotatedName.TrySourceOf(stream, out _));
        Assert.False(AnnotatedName.TryOf(StreamName.Parse(new string('a', StreamName.MaxLength)), out _));
    }
}
