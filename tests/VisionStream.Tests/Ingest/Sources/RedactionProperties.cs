using FsCheck;
using FsCheck.Fluent;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest.Sources;

/// <summary>Whatever a user puts where a secret goes, well-formed or not, it must not come out again.</summary>
public sealed class RedactionProperties
{
    // Everything printable, with what breaks URLs apart drawn more often.
    private static readonly Gen<char> Character = Gen.Frequency(
        (3, Gen.Choose(33, 126).Select(c => (char)c)), (1, Gen.Elements('@', '/', '?', '#', ':', '&', '=', '%', '[', ']', 'é', ' ')));

    // The marker is what is looked for afterwards; around it anything goes.
    internal static readonly Arbitrary<string> Secrets =
        (from before in Character.ListOf()
         from after in Character.ListOf()
         select string.Concat(before.Take(6)) + "S3CR3T" + string.Concat(after.Take(6))).ToArbitrary();

    [Theory]
    [InlineData("rtsp://user:{0}@host:8554/live")]
    [InlineData("rtsp://{0}@host/live")]
    [InlineData("rtsp://user:12/{0}@host/live")]
    [InlineData("rtsps://user:{0}@[::1]:99999/live")]
    [InlineData("rtsp://user:{0}@:8554/live")]
    [InlineData("rtmp://host/live/{0}")]
    [InlineData("rtmp://host:70000/live/{0}")]
    [InlineData("rtmp://host/live/{0}?listen=1")]
    [InlineData("rtmp://host/live/{0}?listen=7")]
    [InlineData("rtmp://host/live/x?user=u&pass={0}")]
    [InlineData("https://host/a.m3u8?token={0}")]
    [InlineData("https://host/a.m3u8?a=b&{0}")]
    [InlineData("https://host/a.m3u8?jwt={0}#{0}")]
    [InlineData("srt://host:8890?passphrase={0}&streamid=publish:live:u:{0}")]
    [InlineData("srt://host?passphrase={0}")]
    [InlineData("unknown://user:{0}@host/live")]
    [InlineData("udp://@:1234?key={0}")]
    public void No_secret_survives(string pattern)
    {
        Prop.ForAll(Secrets, secret =>
        {
            var text = pattern.Replace("{0}", secret, StringComparison.Ordinal);
            var shown = SourceUrl.TryParse(text, out var source, out var error) ? source.Redacted : error;
            return !shown!.Contains("S3CR3T", StringComparison.OrdinalIgnoreCase);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Any_text_is_parsed_or_refused_without_an_exception()
    {
        Prop.ForAll<string>(text => SourceUrl.TryParse(text, out _, out var error) || error is { Length: > 0 })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
