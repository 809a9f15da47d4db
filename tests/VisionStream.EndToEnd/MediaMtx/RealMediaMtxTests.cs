using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Discovery;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Recording;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>Client, discovery and recorder against MediaMTX itself, where there is one.</summary>
public sealed class RealMediaMtxTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publisher_is_discovered_recorded_without_being_disconnected_and_missed_when_it_is_kicked()
    {
        var recordings = Directory.CreateTempSubdirectory("visionstream-recordings-");
        await using var server = await MediaMtxServer.StartAsync($"pathDefaults: {{ recordPath: '{recordings}/%path/%Y-%m-%d_%H-%M-%S-%f', recordPartDuration: 200ms }}");
        var options = new MediaMtxOptions { Api = $"http://127.0.0.1:{server.ApiPort}" };
        using var client = new MediaMtxClient(options, TimeProvider.System);
        using var recorder = new PathRecorder(client, null, options, TimeProvider.System);
        Assert.Empty((await client.ListPathsAsync(Cancel)).Value!);
        Assert.Equal(ControlOutcome.NotFound, (await client.GetPathAsync(Glasses, Cancel)).Outcome);

        var told = new ConcurrentQueue<string>();
        var rules = new DiscoveryOptions { Rules = [new PathRule(NamePattern.Any, "default")], Interval = TimeSpan.FromMilliseconds(100), Hold = TimeSpan.FromSeconds(1) };
        await using var discovery = new PathDiscovery(client, rules, (change, _) =>
        {
            told.Enqueue($"{change.Kind} {change.Name}");
            return ValueTask.CompletedTask;
        }, TimeProvider.System, NullLogger<PathDiscovery>.Instance);
        discovery.Start();

        await using var publisher = await FfmpegPublisher.StartAsync(server.RtmpUrl("live/glasses"));
        await Until.TrueAsync(() => told.Contains("Attach live/glasses"), "the path to be discovered");
        var before = (await client.GetPathAsync(Glasses, Cancel)).Value!;
        Assert.Equal("rtmpConn", before.Source!.Type);
        Assert.Contains("H264", before.Tracks);

        Assert.Equal(ControlAnswer.Done, await recorder.StartAsync(Glasses, Cancel));
        await Until.TrueAsync(async () => (await recorder.ListAsync(Glasses, null, Cancel)).Value is { Count: > 0 }, "a recording");
        Assert.Equal((ControlAnswer.Done, true), await recorder.IsOnAsync(Glasses, Cancel));
        Assert.Equal(ControlAnswer.Done, await recorder.StopAsync(Glasses, Cancel));
        Assert.Equal(before.Source, (await client.GetPathAsync(Glasses, Cancel)).Value!.Source);
        Assert.NotEmpty(Directory.GetFiles(recordings.FullName, "*.mp4", SearchOption.AllDirectories));

        Assert.Equal(ControlAnswer.Done, await client.KickAsync(before.Source, Cancel));
        await Until.TrueAsync(() => told.Contains("Detach live/glasses"), "the path to be let go");
        recordings.Delete(recursive: true);
    }
}
