using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using VisionStream.Broadcaster.Subscriptions;

namespace VisionStream.Tests.Broadcaster.Subscriptions;

public sealed class SubscriptionReaderTests
{
    [Fact]
    public void An_empty_query_asks_for_everything()
    {
        Assert.True(SubscriptionReader.TryRead(Query(""), out var subscription, out _));
        Assert.Empty(subscription.Streams);
        Assert.Equal(DetectionFilter.All, subscription.Filter);
        Assert.Equal(0, subscription.MaxFps);
        Assert.True(subscription.Covers(Samples.Glasses));
    }

    [Fact]
    public void A_query_is_read_whole_and_strange_keys_are_left_alone()
    {
        Assert.True(SubscriptionReader.TryRead(
            Query("?streams=robot,live%2Fglasses&streams=robot&classes=Person,%20dog&min_confidence=0.5&max_fps=5&token=x&_=1"), out var s, out _));
        Assert.Equal([Samples.Glasses, Samples.Robot], s.Streams);
        Assert.Equal(new DetectionFilter(["dog", "person"], 0.5f), s.Filter);
        Assert.Equal(5, s.MaxFps);
    }

    [Theory]
    [InlineData("?streams=", "streams is empty")]
    [InlineData("?streams=a,,b", "stream name is empty")]
    [InlineData("?streams=a%20b", "'a b'")]
    [InlineData("?classes=", "classes is empty")]
    [InlineData("?classes=a,", "classes has ''")]
    [InlineData("?classes=a%0Ab", "classes has")]
    [InlineData("?min_confidence=", "min_confidence is ''")]
    [InlineData("?min_confidence=half", "min_confidence is 'half'")]
    [InlineData("?min_confidence=1.5", "min_confidence is 1.5")]
    [InlineData("?min_confidence=-0.1", "min_confidence is -0.1")]
    [InlineData("?min_confidence=NaN", "min_confidence is NaN")]
    [InlineData("?min_confidence=0.1&min_confidence=0.2", "give one number")]
    [InlineData("?max_fps=0", "max_fps is 0")]
    [InlineData("?max_fps=-1", "max_fps is -1")]
    [InlineData("?max_fps=1e9", "max_fps is 1000000000")]
    [InlineData("?max_fps=Infinity", "max_fps is")]
    public void A_bad_query_is_refused_with_a_sentence(string query, string part)
    {
        Assert.False(SubscriptionReader.TryRead(Query(query), out _, out var error));
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_names_are_refused()
    {
        Assert.False(SubscriptionReader.TryRead(Query("?streams=" + string.Join(',', Enumerable.Range(0, 65))), out _, out var error));
        Assert.Contains("65", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_read_whole()
    {
        Assert.True(SubscriptionReader.TryRead(
            Json("""{"type":"subscribe","streams":["robot"],"classes":["dog"],"min_confidence":0.5,"max_fps":2}"""), out var s, out _));
        Assert.Equal([Samples.Robot], s.Streams);
        Assert.Equal(new DetectionFilter(["dog"], 0.5f), s.Filter);
        Assert.Equal(2, s.MaxFps);
        Assert.True(SubscriptionReader.TryRead(Json("""{"type":"subscribe","streams":null,"max_fps":null}"""), out s, out _));
        Assert.Equal(DetectionFilter.All, s.Filter);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "not understood")]
    [InlineData("null", "not understood")]
    [InlineData("{}", "not understood")]
    [InlineData("""{"type":1}""", "not understood")]
    [InlineData("""{"type":"ping"}""", "not understood")]
    [InlineData("""{"type":"subscribe","stream":"a"}""", "'stream' is not known")]
    [InlineData("""{"type":"subscribe","streams":"a"}""", "streams is not a list")]
    [InlineData("""{"type":"subscribe","streams":[1]}""", "streams is not a list")]
    [InlineData("""{"type":"subscribe","streams":[]}""", "streams is empty")]
    [InlineData("""{"type":"subscribe","streams":["a//b"]}""", "'a//b'")]
    [InlineData("""{"type":"subscribe","classes":["\ud800"]}""", "not JSON")]
    [InlineData("""{"type":"subscribe","min_confidence":"0.5"}""", "min_confidence is not a number")]
    [InlineData("""{"type":"subscribe","min_confidence":2}""", "min_confidence is 2")]
    [InlineData("""{"type":"subscribe","max_fps":1e999}""", "max_fps is")]
    [InlineData("""{"type":"subscribe","a":{"b":{"c":{"d":{}}}}}""", "not JSON")]
    public void A_bad_message_is_refused_with_a_sentence(string json, string part)
    {
        Assert.False(SubscriptionReader.TryRead(Json(json), out _, out var error));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Assert.False(SubscriptionReader.TryRead(new byte[] { 0x7B, 0xFF, 0xFE, 0x7D }, out _, out _));

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    private static QueryCollection Query(string text) => new(QueryHelpers.ParseQuery(text));
}
