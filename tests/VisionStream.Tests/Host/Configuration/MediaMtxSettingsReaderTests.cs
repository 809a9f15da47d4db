using Microsoft.Extensions.Configuration;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.Host.Configuration;

public sealed class MediaMtxSettingsReaderTests
{
    [Fact]
    public void The_address_alone_watches_live_with_the_settings_of_all_streams()
    {
        var options = Read(("model", "a.onnx"), ("fps", "7"), ("mediamtx:api", "http://media:9997"));

        var settings = options.MediaMtx!;
        Assert.Equal("http://media:9997", settings.Api);
        var rule = Assert.Single(settings.Rules);
        Assert.Equal(("live/*", "default"), (rule.Pattern.Text, rule.Profile));
        Assert.Equal(("a.onnx", 7.0, false), (settings.Profiles["default"].Analysis.Model, settings.Profiles["default"].Analysis.Fps, settings.Profiles["default"].Annotate));
        Assert.Null(Read(("model", "a.onnx")).MediaMtx);
    }

    [Fact]
    public void Rules_come_in_their_order_and_profiles_take_what_they_do_not_override()
    {
        var settings = Read(
            ("model", "a.onnx"), ("confidence", "0.4"),
            ("mediamtx:rules:0:match", "live/private-*"), ("mediamtx:rules:0:profile", "ignore"),
            ("mediamtx:rules:1:match", "live/*"),
            ("mediamtx:rules:2:match", "workshop-*/pit-*"), ("mediamtx:rules:2:profile", "workshop"),
            ("mediamtx:profiles:workshop:fps", "5"), ("mediamtx:profiles:workshop:annotate", "true"), ("mediamtx:profiles:workshop:classes:0", "person"),
            ("mediamtx:srt", "off"), ("mediamtx:internal_rtsp", "rtsp://vs:pass@inside:8554")).MediaMtx!;

        Assert.Equal(["live/private-*:ignore", "live/*:default", "workshop-*/pit-*:workshop"], settings.Rules.Select(r => $"{r.Pattern}:{r.Profile}"));
        Assert.True(settings.Rules[2].Pattern.Matches(StreamName.Parse("workshop-3/pit-1")));
        var workshop = settings.Profiles["workshop"];
        Assert.Equal(("a.onnx", 5.0, 0.4, true), (workshop.Analysis.Model, workshop.Analysis.Fps, workshop.Analysis.Confidence, workshop.Annotate));
        Assert.Equal(["person"], workshop.Analysis.Classes);
        Assert.Equal(("off", "rtsp://vs:pass@inside:8554"), (settings.Srt, settings.InternalRtsp));
    }

    [Fact]
    public void All_that_is_wrong_is_told_with_its_key()
    {
        var e = Assert.Throws<BadInputException>(() => Read(
            ("mediamtx:api", "tcp://media"), ("mediamtx:rtsp", "http://x"), ("mediamtx:hls", "http://x?y"), ("mediamtx:internal_rtsp", "rtsp://h/path"),
            ("mediamtx:rules:0:match", "a b"), ("mediamtx:rules:1:match", "x/*"), ("mediamtx:rules:1:profile", "none"), ("mediamtx:rules:1:speed", "1"),
            ("mediamtx:profiles:p:fps", "1000"), ("mediamtx:adress", "x")));

        var lines = e.Message.Split(Environment.NewLine);
        foreach (var key in (string[])["mediamtx.api", "mediamtx.rtsp", "mediamtx.hls", "mediamtx.internal_rtsp", "mediamtx.rules.0.match", "mediamtx.rules.1.profile",
            "mediamtx.rules.1.speed", "mediamtx.profiles.p.fps", "mediamtx.adress", "mediamtx.profiles"])
        {
            Assert.Contains(lines, l => l.StartsWith(key + ": ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void With_MediaMtx_a_stream_needs_no_url_and_may_be_annotated_by_a_word()
    {
        var options = Read(("model", "a.onnx"), ("mediamtx:api", "http://media:9997"), ("streams:0:name", "live/x"), ("streams:0:annotate", "true"));
        var stream = Assert.Single(options.Streams);
        Assert.Equal((null, true, null), (stream.Url, stream.Annotate, stream.AnnotateTo));

        var e = Assert.Throws<BadInputException>(() => Read(("model", "a.onnx"), ("streams:0:name", "live/x"), ("streams:0:annotate", "true")));
        Assert.Equal(["streams[0].url", "streams[0].annotate"], e.Message.Split(Environment.NewLine).Select(l => l.Split(": ")[0]));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData("/tmp/x.json", true)]
    public void Posted_streams_are_kept_unless_the_file_is_given_without_a_name(string? given, bool kept)
    {
        var options = given is null ? Read(("model", "a.onnx")) : Read(("model", "a.onnx"), ("state_file", given));
        Assert.Equal(kept ? given ?? ServeOptionsReader.DefaultStateFile : null, options.StateFile);
        Assert.EndsWith("visionstream-state.json", ServeOptionsReader.DefaultStateFile, StringComparison.Ordinal);
    }

    private static ServeOptions Read(params (string Key, string? Value)[] settings) => ServeOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build());
}
