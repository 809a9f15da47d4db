using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Discovery;
using VisionStream.MediaMtx.Naming;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Host.Pipelines;
using VisionStream.Tests.MediaMtx;

namespace VisionStream.Tests.Host.Control;

/// <summary>What a real MediaMTX answered, over real HTTP, and what becomes of it. Nobody serves the paths themselves.</summary>
public sealed class DiscoveredStreamsTests : IAsyncLifetime
{
    private const string Nobody = """{"itemCount":0,"pageCount":0,"items":[]}""";

    private readonly ManualTime _time = new();
    private volatile string _paths = Nobody;
    private volatile int _asked;
    private FakeMediaMtx _api = null!;
    private PipelineRig _rig = null!;
    private DiscoveredStreams? _discovered;

    private static StreamName Glasses => StreamName.Parse("live/glasses");

    public async ValueTask InitializeAsync()
    {
        _api = await FakeMediaMtx.StartAsync((context, _) =>
        {
            _asked++;
            return FakeMediaMtx.AnswerAsync(context, 200, _paths);
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_discovered is not null)
        {
            await _discovered.DisposeAsync();
            await _rig.DisposeAsync();
        }

        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_path_that_meets_a_rule_is_watched_with_its_profile_until_its_publisher_stays_away()
    {
        Start(("live/*", "fast"));
        _paths = Recorded.Read("api/paths-list.json");
        await LookAsync();
        await Eventually.BecomesTrue(() => _rig.Directory.Find(Glasses) is not null, "live/glasses is watched");

        var pipeline = Assert.Single(_rig.Directory.All);
        Assert.Equal((StreamOrigin.Discovered, 15.0, true), (pipeline.Origin, pipeline.Options.Analysis.Fps, pipeline.Options.Annotate));
        Assert.Equal("rtsp://127.0.0.1:1/live/glasses", pipeline.Source);
        Assert.Equal("rtsp://127.0.0.1:1/live/glasses-annotated", pipeline.Annotated!.Options.Target.Redacted);

        _paths = Nobody;
        for (var second = 0; second < 119; second++)
        {
            await LookAsync();
        }

        Assert.Same(pipeline, _rig.Directory.Find(Glasses));
        for (var second = 0; second < 4; second++)
        {
            await LookAsync();
        }

        await Eventually.BecomesTrue(() => _rig.Directory.All.Count == 0, "it is let go");
    }

    [Fact]
    public async Task A_stream_that_was_named_stays_as_it_is()
    {
        Start(("*", "default"));
        var named = await _rig.Directory.StartAsync(_rig.Options("live/glasses"), StreamOrigin.Posted);
        _paths = Recorded.Read("api/paths-list.json");
        await LookAsync();
        await Eventually.BecomesTrue(() => _rig.Directory.All.Count == 2, "robot/camera is watched");
        _paths = Nobody;
        for (var second = 0; second < 125; second++)
        {
            await LookAsync();
        }

        await Eventually.BecomesTrue(() => _rig.Directory.All.Count == 1, "robot/camera is let go");
        Assert.Same(named, _rig.Directory.Find(Glasses));
    }

    [Fact]
    public async Task A_stream_that_was_deleted_stays_away_until_its_publisher_comes_again()
    {
        Start(("live/*", "default"));
        _paths = Recorded.Read("api/paths-list.json");
        await LookAsync();
        await Eventually.BecomesTrue(() => _rig.Directory.Find(Glasses) is not null, "live/glasses is watched");
        await _rig.Directory.StopAsync(Glasses);
        await LookAsync();
        await LookAsync();
        Assert.Empty(_rig.Directory.All);

        (var published, _paths) = (_paths, Nobody);
        await LookAsync();
        await LookAsync();
        _paths = published;
        await LookAsync();
        await Eventually.BecomesTrue(() => _rig.Directory.Find(Glasses) is not null, "it is watched again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_publisher_that_comes_back_is_read_at_once(bool isPosted)
    {
        // A clock that stands still: a stream that waits to be opened again waits for ever.
        var clock = new VisionStream.Tests.Ingest.ManualTime();
        Start(clock, ("live/*", "default"));
        if (isPosted)
        {
            await _rig.Directory.StartAsync(_rig.Options("live/glasses") with { Url = null }, StreamOrigin.Posted);
        }

        _paths = Recorded.Read("api/paths-list.json");
        await LookAsync();
        await Eventually.BecomesTrue(() => _rig.Directory.Find(Glasses) is not null, "live/glasses is watched");
        var ledger = _rig.Directory.Find(Glasses)!.Live.Ledger;
        (var published, _paths) = (_paths, Nobody);
        await LookAsync();
        await LookAsync();
        var before = ledger.Reconnects;
        _paths = published;
        await LookAsync();
        await Eventually.BecomesTrue(() => ledger.Reconnects > before, "it is opened again though its time has not come");
        Assert.Equal(isPosted ? StreamOrigin.Posted : StreamOrigin.Discovered, _rig.Directory.Find(Glasses)!.Origin);
    }

    private void Start(params (string Pattern, string Profile)[] rules) => Start(null, rules);

    private void Start(TimeProvider? clock, params (string Pattern, string Profile)[] rules)
    {
        _rig = new PipelineRig(new MediaServer(new MediaMtxSettings { InternalRtsp = "rtsp://127.0.0.1:1" }, ownKey: null), clock);
        var analysis = new AnalysisOptions { Model = _rig.Files.Pets };
        var settings = new MediaMtxSettings
        {
            Api = _api.Address.AbsoluteUri,
            InternalRtsp = "rtsp://127.0.0.1:1",
            Rules = [.. rules.Select(r => new PathRule(NamePattern.TryParse(r.Pattern, out var p, out var e) ? p : throw new FormatException(e), r.Profile))],
            Profiles = new Dictionary<string, StreamProfile>
            {
                ["default"] = new() { Analysis = analysis },
                ["fast"] = new() { Analysis = analysis with { Fps = 15 }, Annotate = true },
            },
        };
        _discovered = new DiscoveredStreams(_rig.Directory, new MediaServer(settings, null), _api.Client(_time), _time, NullLogger<PathDiscovery>.Instance);
        _discovered.Start();
    }

    // One look, awaited until MediaMTX has been asked and what it said has been decided about.
    private async Task LookAsync()
    {
        await Eventually.BecomesTrue(() => _time.Timers > 0 && _asked > 0, "discovery waits for its time");
        var asked = _asked;
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.BecomesTrue(() => _asked > asked, "MediaMTX is asked");
    }
}
