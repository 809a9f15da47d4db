using Microsoft.Extensions.Logging;
using VisionStream.Host.Access;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Ingest.Sources;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Broadcaster.Connections;
using VisionStream.Tests.Host.Http;
using VisionStream.Tests.Host.Pipelines;

namespace VisionStream.Tests.Host.Control;

/// <summary>Posted streams above real pipelines, with lives by a clock that the test moves. For one test; may be restarted.</summary>
internal sealed class PostedRig : IAsyncDisposable
{
    public const string Pictures = "lavfi:testsrc2=size=320x240:rate=25";

    private PipelineRig _pipelines;
    private readonly TinyModels _files = new();

    public PostedRig(bool keeps = true)
    {
        Keeps = keeps;
        _pipelines = new PipelineRig();
        Posted = Make();
    }

    public bool Keeps { get; }

    /// <summary>What callers may have opened, from the next restart on.</summary>
    public SourcePolicy Allowed { get; set; } = LiveService.Anything;

    public ManualTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public PipelineRig Pipelines => _pipelines;

    public PostedStreams Posted { get; private set; }

    public string StateFilePath => _files.File("state.json");

    public string OtherModel => _files.Tools;

    /// <summary>The path of a file that goes with the rig.</summary>
    public string File(string name) => _files.File(name);

    /// <summary>Ends everything and begins again with the same files, as a restart does.</summary>
    public async Task RestartAsync()
    {
        await Posted.DisposeAsync();
        await _pipelines.DisposeAsync();
        _pipelines = new PipelineRig();
        Posted = Make();
        await Posted.RestoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Posted.DisposeAsync();
        await _pipelines.DisposeAsync();
        _files.Dispose();
    }

    private PostedStreams Make()
    {
        var options = new ServeOptions { Defaults = new AnalysisOptions { Model = _files.Pets, Fps = 20, Cadence = "fixed" } };
        var file = Keeps ? SavedStreamsFile.TryTake(StateFilePath, Time, Log) : null;
        return new PostedStreams(
            _pipelines.Directory, options, new KnownModels(options), new CallerUrls(Allowed, null), file, Time, new Logger<PostedStreams>(new LoggerFactory([Log])));
    }
}
