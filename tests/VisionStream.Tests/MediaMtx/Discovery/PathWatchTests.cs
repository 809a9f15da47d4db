using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Discovery;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.Tests.MediaMtx.Discovery;

public class PathWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_path_with_a_publisher_is_attached_once_with_the_profile_of_the_first_rule_that_fits()
    {
        var watch = Watch(("live/secret*", PathRule.Ignore), ("live/robot*", "fast"), ("live/*", "default"));
        MediaPath[] paths = [Online("live/glasses"), Online("live/robot1"), Online("live/secret"), Online("other/cam")];
        Assert.Equal(["Attach live/glasses default", "Attach live/robot1 fast"], Told(watch.Observe(paths, TimeSpan.Zero)));
        Assert.Empty(watch.Observe(paths, Second));
    }

    [Fact]
    public void A_path_without_a_publisher_is_left_alone_though_readers_could_attach()
    {
        var watch = Watch(("*", "default"));
        Assert.Empty(watch.Observe([Online("live/a") with { Online = false, Available = true }], TimeSpan.Zero));
    }

    [Theory]
    [InlineData("live/glasses-annotated", "H264")]
    [InlineData("live/microphone", "Opus")]
    [InlineData("live/microphone", "MPEG-4 Audio,KLV")]
    [InlineData("live/..", "H264")]
    [InlineData("live/a b", "H264")]
    public void Annotated_videos_mere_sound_and_names_that_are_none_are_never_picked_up(string name, string tracks)
    {
        var watch = Watch(("*", "default"));
        Assert.Empty(watch.Observe([Online(name) with { Tracks = tracks.Split(',') }], TimeSpan.Zero));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Opus,H264")]
    [InlineData("SomethingNew")]
    public void Tracks_that_may_be_pictures_are_picked_up(string tracks)
    {
        var watch = Watch(("*", "default"));
        MediaPath[] paths = [Online("live/a") with { Tracks = tracks.Split(',', StringSplitOptions.RemoveEmptyEntries) }];
        Assert.Equal(["Attach live/a default"], Told(watch.Observe(paths, TimeSpan.Zero)));
    }

    [Fact]
    public void A_path_is_held_for_120_s_after_its_publisher_left()
    {
        var watch = Watch(("*", "default"));
        watch.Observe([Online("a")], TimeSpan.Zero);
        Assert.Equal(["PublisherLeft a default"], Told(watch.Observe([], Second)));
        for (var second = 1; second < 120; second++)
        {
            Assert.Empty(watch.Observe([], Second));
        }

        Assert.Equal(["Detach a default"], Told(watch.Observe([], Second)));
        Assert.Empty(watch.Observe([], Second));
        Assert.Equal(["Attach a default"], Told(watch.Observe([Online("a")], Second)));
    }

    [Fact]
    public void Glasses_that_come_back_after_113_s_keep_their_stream_and_a_full_hold_for_the_next_time()
    {
        var watch = Watch(("*", "default"));
        watch.Observe([Online("a")], TimeSpan.Zero);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(["PublisherLeft a default"], Told(watch.Observe([], Second)));
            Assert.Empty(watch.Observe([], TimeSpan.FromSeconds(112)));
            Assert.Equal(["PublisherReturned a default"], Told(watch.Observe([Online("a")], Second)));
        }
    }

    [Fact]
    public void An_outage_of_MediaMTX_lets_no_hold_run_out()
    {
        var watch = Watch(("*", "default"));
        watch.Observe([Online("a")], TimeSpan.Zero);
        watch.Observe([], Second);

        // The caller says zero after a look that failed.
        Assert.Empty(watch.Observe([], TimeSpan.Zero));
        Assert.Empty(watch.Observe([], TimeSpan.FromSeconds(119)));
        Assert.Equal(["Detach a default"], Told(watch.Observe([], Second)));
    }

    [Fact]
    public void A_failed_attachment_is_tried_again_while_the_publisher_stays()
    {
        var watch = Watch(("*", "default"));
        watch.Observe([Online("a")], TimeSpan.Zero);
        Assert.True(watch.Failed(StreamName.Parse("a")));
        Assert.Empty(watch.Observe([Online("a")], TimeSpan.FromSeconds(29)));
        Assert.Equal(["Attach a default"], Told(watch.Observe([Online("a")], Second)));
        Assert.False(watch.Failed(StreamName.Parse("a")));

        // It was never attached, so nothing is told when its publisher leaves; the next one starts afresh.
        Assert.Empty(watch.Observe([], Second));
        Assert.Equal(["Attach a default"], Told(watch.Observe([Online("a")], Second)));
        Assert.True(watch.Failed(StreamName.Parse("a")));
    }

    [Fact]
    public void No_more_paths_are_attached_than_allowed_and_the_others_get_their_turn()
    {
        var watch = new PathWatch(Options(("*", "default")) with { MaxPaths = 2, Hold = TimeSpan.Zero });
        Assert.Equal(["Attach a default", "Attach b default"], Told(watch.Observe([Online("c"), Online("b"), Online("a")], TimeSpan.Zero)));
        Assert.Equal(1, watch.LeftOut);
        Assert.Equal(["PublisherLeft a default"], Told(watch.Observe([Online("b"), Online("c")], Second)));
        Assert.Equal(["Detach a default", "Attach c default"], Told(watch.Observe([Online("b"), Online("c")], Second)));
        Assert.Equal(0, watch.LeftOut);
    }

    [Fact]
    public void Options_name_all_that_is_wrong_with_them()
    {
        var options = new DiscoveryOptions
        {
            Interval = TimeSpan.Zero,
            LongestInterval = TimeSpan.FromDays(1),
            Hold = -Second,
            RetryAfter = TimeSpan.Zero,
            MaxPaths = 0,
            Rules = [new PathRule(NamePattern.Any, " ")],
        };
        Assert.Equal(6, options.Validate().Count);
        Assert.Empty(new DiscoveryOptions().Validate());
    }

    private static MediaPath Online(string name) => new() { Name = name, Online = true, Available = true, Tracks = ["H264", "MPEG-4 Audio"] };

    private static PathWatch Watch(params (string Pattern, string Profile)[] rules) => new(Options(rules));

    private static DiscoveryOptions Options(params (string Pattern, string Profile)[] rules) => new()
    {
        Rules = [.. rules.Select(r => new PathRule(NamePattern.TryParse(r.Pattern, out var p, out var e) ? p : throw new FormatException(e), r.Profile))],
    };

    private static IEnumerable<string> Told(IEnumerable<PathChange> changes) => changes.Select(c => $"{c.Kind} {c.Name} {c.Profile}");
}
