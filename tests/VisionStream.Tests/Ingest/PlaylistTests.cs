using System.Net;
using System.Net.Sockets;
using VisionStream.Core.Streams;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

public sealed class PlaylistTests
{
    [Fact]
    public async Task A_playlist_from_the_network_cannot_name_this_machines_files()
    {
        using var tool = new FfmpegTool();
        await File.WriteAllTextAsync(
            tool.PathOf("evil.m3u8"), $"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{Path.GetFullPath(Clips.Find("highway-cars.mp4"))}\n#EXT-X-ENDLIST\n", TestContext.Current.CancellationToken);
        using var server = new FolderServer(Path.GetDirectoryName(tool.PathOf("evil.m3u8"))!);
        await using var probe = new IngestProbe(server.Url("evil.m3u8"));
        probe.Ingest.Start();
        _ = await probe.Until(StreamState.Reconnecting, "sends what FFmpeg cannot read");
        await probe.Ingest.StopAsync();
        Assert.Empty(probe.Frames);
    }

    [Fact]
    public async Task A_playlist_of_a_whole_film_is_read_to_its_end()
    {
        using var tool = new FfmpegTool();
        var list = await tool.Make("film.m3u8", "-i", Clips.Find("highway-cars.mp4"), "-an", "-c", "copy", "-f", "hls", "-hls_time", "1", "-hls_list_size", "0");
        using var server = new FolderServer(Path.GetDirectoryName(list)!);
        await using var probe = new IngestProbe(server.Url("film.m3u8"));
        await probe.RunToEnd();
        Assert.Equal(38, probe.Frames.Count);
        Assert.Equal((StreamState.Offline, true), (probe.Statuses[^1].State, probe.Statuses[^1].Reason.EndsWith("has ended.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_tried_again()
    {
        using var tool = new FfmpegTool();
        using var server = new FolderServer(Path.GetDirectoryName(tool.PathOf("x"))!);
        await using var probe = new IngestProbe(server.Url("none.m3u8?token=secret"));
        probe.Ingest.Start();
        var status = await probe.Until(StreamState.Reconnecting, "There is nothing at");
        Assert.EndsWith("none.m3u8?token=*** yet.", status.Reason, StringComparison.Ordinal);
    }

    /// <summary>Serves the files of a folder over HTTP.</summary>
    private sealed class FolderServer : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly string _folder;
        private readonly int _port;

        public FolderServer(string folder)
        {
            _folder = folder;
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                _port = ((IPEndPoint)free.LocalEndpoint).Port;
            }

            _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
            _listener.Start();
            _ = ServeAsync();
        }

        public string Url(string name) => $"http://127.0.0.1:{_port}/{name}";

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    var path = Path.Combine(_folder, Path.GetFileName(context.Request.Url!.LocalPath));
                    context.Response.StatusCode = File.Exists(path) ? 200 : 404;
                    context.Response.Close(File.Exists(path) ? await File.ReadAllBytesAsync(path) : [], willBlock: false);
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or HttpListenerException)
            {
                // The test is over.
            }
        }
    }
}
