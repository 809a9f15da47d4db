using FsCheck;
using FsCheck.Fluent;
using VisionStream.Restream.Targets;
using VisionStream.Tests.Ingest.Sources;

namespace VisionStream.Tests.Restream.Targets;

public sealed class TargetUrlTests
{
    [Theory]
    [InlineData("rtsp://host:8554/live/a", TargetKind.Rtsp)]
    [InlineData("RTSPS://host/live/a", TargetKind.Rtsp)]
    [InlineData("rtmp://user:pw@host/live/a", TargetKind.Rtmp)]
    [InlineData("srt://host:8890?streamid=publish:live/a", TargetKind.Srt)]
    [InlineData("/tmp/a.mkv", TargetKind.File)]
    [InlineData("file:///tmp/a.ts", TargetKind.File)]
    public void Targets_are_recognised(string text, TargetKind kind) => Assert.Equal(kind, TargetUrl.Parse(text).Kind);

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("http://host/live/a", "'http' is no kind of target")]
    [InlineData("rtsp://host:8554", "names no stream")]
    [InlineData("rtsp://host:8554/", "names no stream")]
    [InlineData("rtmp://host/live", "two")]
    [InlineData("srt://host", "names no port")]
    [InlineData("rtsp:///live", "no URL")]
    [InlineData("clip.avi", ".mkv")]
    public void Bad_targets_get_a_sentence(string? text, string part)
    {
        Assert.False(TargetUrl.TryParse(text, out var target, out var error));
        Assert.Null(target);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => TargetUrl.Parse(text)).Message);
    }

    [Fact]
    public void Secrets_are_in_no_text_form()
    {
        var target = TargetUrl.Parse("rtmp://anna:geheim@host/live/a?pass=hush");
        Assert.DoesNotContain("geheim", target.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", target.Redacted, StringComparison.Ordinal);
        Assert.False(TargetUrl.TryParse("rtsp://anna:geheim@host", out _, out var error));
        Assert.DoesNotContain("geheim", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srt://H:8890?streamid=publish:live/x:vs:PASSWORD", "srt://H:8890?streamid=***")]
    [InlineData("rtmp://a.rtmp.example/live2/KEY", "rtmp://a.rtmp.example/live2/***")]
    [InlineData("rtmps://live.example:443/rtmp/FB-1-KEY?s=1&a=TOKEN", "rtmps://live.example:443/rtmp/***?***&***")]
    [InlineData("rtsp://vs:PASSWORD@h:8554/live/x-annotated", "rtsp://***@h:8554/live/x-annotated")]
    [InlineData("/videos/me@home.mp4", "file:/videos/me@home.mp4")]
    public void The_form_that_is_shown_says_where_and_hides_the_rest(string text, string redacted)
    {
        var target = TargetUrl.Parse(text);
        Assert.Equal((redacted, redacted), (target.Redacted, target.ToString()));
    }

    [Theory]
    [InlineData("rtmp://host/live/{0}")]
    [InlineData("rtmp://user:{0}@host/live/a")]
    [InlineData("rtmp://host/live/a?pass={0}")]
    [InlineData("rtmp:/host/live/{0}")]
    [InlineData("rtsp://user:{0}@host/live/a")]
    [InlineData("rtsp://user:{0}@host")]
    [InlineData("srt://host:8890?streamid=publish:live/a:vs:{0}")]
    [InlineData("srt://host?streamid=publish:live/a&passphrase={0}")]
    public void No_secret_survives(string pattern)
    {
        Prop.ForAll(RedactionProperties.Secrets, secret =>
        {
            var shown = TargetUrl.TryParse(pattern.Replace("{0}", secret, StringComparison.Ordinal), out var target, out var error) ? target.Redacted : error;
            return !shown!.Contains("S3CR3T", StringComparison.OrdinalIgnoreCase);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("rtsp://h/a", "aac", true)]
    [InlineData("rtsp://h/a", "opus", true)]
    [InlineData("rtmp://h/a/b", "aac", true)]
    [InlineData("rtmp://h/a/b", "opus", false)]
    [InlineData("srt://h:1", "opus", true)]
    [InlineData("srt://h:1", "pcm_alaw", false)]
    [InlineData("a.mkv", "pcm_alaw", true)]
    [InlineData("a.flv", "opus", false)]
    public void Each_target_takes_the_codecs_that_its_format_has(string text, string codec, bool takes) =>
        Assert.Equal(takes, TargetUrl.Parse(text).Takes(codec));
}
