using VisionStream.Core.Streams;

namespace VisionStream.Tests.Core.Streams;

public sealed class StreamNameTests
{
    [Theory]
    [InlineData("cam")]
    [InlineData("live/glasses")]
    [InlineData("workshop-7/pit-12")]
    [InlineData("a.b~c:d_e")]
    public void A_path_that_MediaMTX_accepts_is_a_name(string text)
    {
        Assert.True(StreamName.TryParse(text, out var name, out _));
        Assert.Equal(text, name.Value);
        Assert.Equal(name, StreamName.Parse(text));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("/live", "segment")]
    [InlineData("live/", "segment")]
    [InlineData("live//x", "segment")]
    [InlineData("live/../etc", "segment")]
    [InlineData("live/a b", "character")]
    [InlineData("live/é", "character")]
    [InlineData("live?x=1", "character")]
    [InlineData("live\n", "character")]
    public void Anything_else_is_refused_with_a_sentence(string? text, string hint)
    {
        Assert.False(StreamName.TryParse(text, out _, out var error));
        Assert.Contains(hint, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => StreamName.Parse(text)).Message);
    }

    [Fact]
    public void The_longest_name_is_accepted_and_one_more_is_not()
    {
        Assert.True(StreamName.TryParse(new string('a', StreamName.MaxLength), out _, out _));
        Assert.False(StreamName.TryParse(new string('a', StreamName.MaxLength + 1), out _, out var error));
        Assert.True(error.Length < 200);
    }
}
