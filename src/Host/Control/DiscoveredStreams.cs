using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Discovery;

namespace VisionStream.Host.Control;

/// <summary>
/// Safe from any thread. Has the paths of MediaMTX watched that meet a rule, as long as somebody publishes them and the hold after
/// that. A stream that was named by hand is left alone, and one that was deleted stays away until its publisher comes again.
/// </summary>
internal sealed class DiscoveredStreams : IAsyncDisposable
{
    private readonly PipelineDirectory _directory;
    private readonly MediaMtxSettings _settings;
    private readonly PathDiscovery _discovery;

    public DiscoveredStreams(PipelineDirectory directory, MediaServer server, MediaMtxClient client, TimeProvider time, ILogger<PathDiscovery> log)
    {
        (_directory, _settings) = (directory, server.Settings);
        _discovery = new PathDiscovery(client, new DiscoveryOptions { Rules = _settings.Rules }, DecideAsync, time, log);
    }

    /// <summary>Whether MediaMTX answered when it was asked last.</summary>
    public bool IsReachable => _discovery.IsReachable;

    /// <summary>Starts asking; a second call does nothing.</summary>
    public void Start() => _discovery.Start();

    /// <summary>Stops asking; the streams stay with the directory.</summary>
    public ValueTask DisposeAsync() => _discovery.DisposeAsync();

    private async ValueTask DecideAsync(PathChange change, CancellationToken cancel)
    {
        switch (change.Kind)
        {
            case PathChangeKind.Attach:
            case PathChangeKind.PublisherReturned:
                // One that is there already is either being held or named by hand. What is read from elsewhere is none of MediaMTX's business.
                if (_directory.Find(change.Name) is not { } present)
                {
                    await _directory.StartAsync(OptionsOf(change.Name, _settings.Profiles[change.Profile]), StreamOrigin.Discovered);
                }
                else if (present.Options.Url is null)
                {
                    present.TryNow();
                }

                break;
            case PathChangeKind.Detach:
                await _directory.StopAsync(change.Name, StreamOrigin.Discovered);
                break;
            default:
                // A publisher that left is waited for, which reading does by itself.
                break;
        }
    }

    private static StreamOptions OptionsOf(StreamName name, StreamProfile profile) =>
        new() { Name = name, Url = null, Analysis = profile.Analysis, Annotate = profile.Annotate };
}
