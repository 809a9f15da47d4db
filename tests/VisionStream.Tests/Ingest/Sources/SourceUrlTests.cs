using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest.Sources;

public sealed class SourceUrlTests
{
    [Theory]
    [InlineData("rtsp://cam/live", SourceScheme.Rtsp, "cam", 554)]
    [InlineData("RTSP://cam:8554/live/a", SourceScheme.Rtsp, "cam", 8554)]
    [InlineData("rtsps://[::1]:322/x", SourceScheme.Rtsps, "::1", 322)]
    [InlineData("rtmp://127.0.0.1/live/glasses", SourceScheme.Rtmp, "127.0.0.1", 1935)]
    [InlineData("rtmps://h/live/glasses", SourceScheme.Rtmps, "h", 443)]
    [InlineData("http://h/live/index.m3u8", SourceScheme.Http, "h", 80)]
    [InlineData("https://h:8888/index.m3u8?quality=1", SourceScheme.Https, "h", 8888)]
    [InlineData("srt://h:8890?streamid=read:live", SourceScheme.Srt, "h", 8890)]
    [InlineData("udp://@239.0.0.1:1234", SourceScheme.Udp, "239.0.0.1", 1234)]
    [InlineData("udp://@:1234", SourceScheme.Udp, "0.0.0.0", 1234)]
    [InlineData("rtp://:5004", SourceScheme.Rtp, "0.0.0.0", 5004)]
    [InlineData("clip.mp4", SourceScheme.File, "", 0)]
    [InlineData("/videos/a:b.mp4", SourceScheme.File, "", 0)]
    [InlineData("file:///videos/clip%201.mp4", SourceScheme.File, "", 0)]
    [InlineData("session.SDP", SourceScheme.Sdp, "", 0)]
    [InlineData("v4l2:/dev/video0", SourceScheme.V4l2, "", 0)]
    [InlineData("lavfi:testsrc2=size=64x64", SourceScheme.Lavfi, "", 0)]
    public void Accepted_kinds_are_taken_apart(string text, SourceScheme scheme, string host, int port)
    {
        Assert.True(SourceUrl.TryParse(text, out var source, out var error), error);
        Assert.Equal((scheme, host, port), (source.Scheme, source.Host, source.Port));
        Assert.False(source.IsListening);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(null, "is empty")]
    [InlineData("gopher://h/x", "unknown scheme 'gopher'")]
    [InlineData("concat:a.ts|b.ts", "unknown scheme 'concat'")]
    [InlineData("subfile,,start,0,end,9,,:/etc/passwd", "unknown scheme 'subfile,,start")]
    [InlineData("data:text/plain,x", "unknown scheme 'data'")]
    [InlineData("pipe:0", "unknown scheme 'pipe'")]
    [InlineData("rtsp:host/x", "has to go on with //")]
    [InlineData("rtsp:///x", "has no host")]
    [InlineData("rtsp://:8554/x", "has no host")]
    [InlineData("rtsp://u:p@/x", "has no host")]
    [InlineData("rtsp://h:0/x", "port out of range")]
    [InlineData("rtsp://h:65536/x", "port out of range")]
    [InlineData("rtsp://h:99999999999999999999/x", "port out of range")]
    [InlineData("rtsp://h:abc/x", "port that is not a number")]
    [InlineData("rtsp://[::zz]/x", "no IPv6 address")]
    [InlineData("rtsp://[::1/x", "no IPv6 address")]
    [InlineData("rtsp://h,file/x", "other than letters")]
    [InlineData("rtsp://h/a b", "write a space as %20")]
    [InlineData("rtsp://h/a\u0007", "control character")]
    [InlineData("srt://h", "has no port")]
    [InlineData("rtsp://u:12/secret@h/x", "'rtsp://***' has an '@' after the host's place")]
    [InlineData("rtsp://u#secret@h/x", "'rtsp://***' has an '@' after the host's place")]
    [InlineData("rtmp://h", "names no application")]
    [InlineData("rtmp://h/live/x?listen=2", "other than 0 and 1")]
    [InlineData("rtmps://h/live/x?listen=1", "with TLS")]
    [InlineData("v4l2:video0", "is no device")]
    [InlineData("v4l2:/dev/../etc/passwd", "is no device")]
    [InlineData("lavfi:", "no filter graph")]
    [InlineData("file:", "no path")]
    [InlineData("file://server/share.mp4", "other than this machine")]
    [InlineData("clip\0.mp4", "NUL")]
    public void Bad_input_gets_one_sentence(string? text, string part)
    {
        Assert.False(SourceUrl.TryParse(text, out _, out var error));
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Too_long_a_url_is_refused_and_not_echoed()
    {
        Assert.False(SourceUrl.TryParse("rtsp://h/" + new string('x', 5000), out _, out var error));
        Assert.Contains("4096 are allowed", error, StringComparison.Ordinal);
        Assert.True(error.Length < 300);
    }

    [Theory]
    [InlineData("rtsp://user:secret@cam:8554/live?token=abc", "rtsp://***@cam:8554/live?token=***")]
    [InlineData("rtmp://h/live/secret?user=u&pass=p", "rtmp://h/live/***?user=***&pass=***")]
    [InlineData("rtmp://h:1935/live/secret?listen=1", "rtmp://h:1935/live/***?listen=1")]
    [InlineData("srt://h:8890?mode=caller&streamid=publish:x:u:p", "srt://h:8890?mode=caller&streamid=***")]
    [InlineData("https://h/a/index.m3u8?c2VjcmV0", "https://h/a/index.m3u8?***")]
    [InlineData("rtsp://h/x#secret", "rtsp://h/x")]
    [InlineData("lavfi:movie=rtsp\\://u\\:p@h", "lavfi:***")]
    [InlineData("/videos/me@home.mp4", "/videos/me@home.mp4")]
    public void Redacted_form_shows_where_and_hides_the_rest(string text, string redacted)
    {
        var source = SourceUrl.Parse(text);
        Assert.Equal(redacted, source.Redacted);
        Assert.Equal(redacted, source.ToString());
    }

    [Fact]
    public void Listening_is_ours_and_not_the_protocols()
    {
        var source = SourceUrl.Parse("rtmp://127.0.0.1:1935/live/glasses?listen=1&x=y");
        Assert.True(source.IsListening);
        Assert.Equal("rtmp://127.0.0.1:1935/live/glasses?x=y", source.Address);
        Assert.False(SourceUrl.Parse("rtmp://127.0.0.1:1935/live/glasses?listen=0").IsListening);
        Assert.True(SourceUrl.Parse("srt://0.0.0.0:9000?mode=listener").IsListening);
    }

    [Fact]
    public void Files_are_opened_as_files_whatever_they_are_called()
    {
        Assert.Equal("file:/videos/concat:a|b", SourceUrl.Parse("/videos/concat:a|b").Address);
        Assert.Equal("file:" + Path.GetFullPath("clip.mp4"), SourceUrl.Parse("clip.mp4").Address);
        Assert.Equal("file:/videos/clip 1.mp4", SourceUrl.Parse("file:///videos/clip%201.mp4").Address);
    }

    [Fact]
    public void Missing_files_folders_and_empty_files_are_named()
    {
        var folder = Directory.CreateTempSubdirectory("visionstream");
        try
        {
            var empty = Path.Combine(folder.FullName, "empty.mp4");
            var full = Path.Combine(folder.FullName, "full.mp4");
            File.WriteAllBytes(empty, []);
            File.WriteAllBytes(full, [1]);
            Assert.Equal($"There is no file '{folder.FullName}/none.mp4'.", SourceUrl.Parse($"{folder.FullName}/none.mp4").FindProblem());
            Assert.Contains("is a folder", SourceUrl.Parse(folder.FullName).FindProblem(), StringComparison.Ordinal);
            Assert.Contains("is empty", SourceUrl.Parse(empty).FindProblem(), StringComparison.Ordinal);
            Assert.Null(SourceUrl.Parse(full).FindProblem());
            Assert.Contains("no camera", SourceUrl.Parse("v4l2:/dev/video-none").FindProblem(), StringComparison.Ordinal);
            Assert.Null(SourceUrl.Parse("rtsp://nowhere.invalid/x").FindProblem());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
