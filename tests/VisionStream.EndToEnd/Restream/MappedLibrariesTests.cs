using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Restream;

/// <summary>libavfilter and libavdevice bring some eighty libraries of other projects: only who filters or has a device pays for them.</summary>
public sealed class MappedLibrariesTests
{
    [Fact]
    public async Task A_service_that_reads_and_annotates_over_RTMP_maps_neither_filters_nor_devices()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var camera = await FfmpegPublisher.StartAsync(server.Url("camera"), new FfmpegPublisherOptions { Audio = true });
        await using var service = await Service.WatchAsync("camera", server.Url("camera"), "--annotate", $"camera={server.Url("camera-annotated")}");
        await Until.TrueAsync(
            async () => (await service.FactsAsync("camera")).GetProperty("annotated").GetProperty("frames").GetInt64() >= 30, "annotated frames");

        var libraries = Mapped(service.Process.Id);
        Assert.Contains(libraries, l => l.StartsWith("libavformat", StringComparison.Ordinal));
        Assert.DoesNotContain(libraries, l => l.StartsWith("libavfilter", StringComparison.Ordinal) || l.StartsWith("libavdevice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pattern_that_is_published_maps_both()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        await using var publish = ServiceProcess.Start("publish", "lavfi:testsrc2=size=320x240:rate=15", server.Url("pattern"));
        await Until.TrueAsync(() => Mapped(publish.Id) is var mapped && mapped.Any(l => l.StartsWith("libavdevice", StringComparison.Ordinal)), "libavdevice to be mapped");
        Assert.Equal("h264", Assert.Single(await Ffprobe.StreamsAsync(server.Url("pattern"))).Codec);
    }

    private static List<string> Mapped(int processId) => [.. File.ReadLines($"/proc/{processId}/maps")
        .Where(line => line.Contains(".so", StringComparison.Ordinal))
        .Select(line => Path.GetFileName(line))
        .Distinct()];
}
