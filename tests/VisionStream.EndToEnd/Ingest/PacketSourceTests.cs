using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Ingest;

/// <summary>Sources without a server: transport streams and RTP from an ffmpeg that sends them.</summary>
public sealed class PacketSourceTests
{
    private static readonly string[] Picture = [
        "-nostdin", "-loglevel", "warning", "-re", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30",
        "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "30", "-pix_fmt", "yuv420p"];

    [Fact]
    public async Task Transport_streams_over_udp_are_read()
    {
        var port = FreePort.Next();
        await using var sender = Send("-f", "mpegts", $"udp://127.0.0.1:{port}?pkt_size=1316");
        await using var probe = new LiveProbe($"udp://127.0.0.1:{port}");
        await probe.UntilFrames(30);
    }

    [Fact]
    public async Task Srt_callers_are_taken_and_waited_for_again()
    {
        var port = FreePort.Next();
        await using var probe = new LiveProbe($"srt://127.0.0.1:{port}?mode=listener");
        _ = await probe.Until(StreamState.Offline, "Waiting for a publisher");
        await using (var first = Send("-f", "mpegts", $"srt://127.0.0.1:{port}?mode=caller"))
        {
            await probe.UntilFrames(30);
        }

        _ = await probe.Until(StreamState.Reconnecting);
        await using var second = Send("-f", "mpegts", $"srt://127.0.0.1:{port}?mode=caller");
        _ = await probe.Until(StreamState.Online);
    }

    [Fact]
    public async Task Rtp_is_read_by_its_description()
    {
        var folder = Directory.CreateTempSubdirectory("visionstream-");
        try
        {
            var description = Path.Combine(folder.FullName, "session.sdp");
            await using var sender = Send("-sdp_file", description, "-f", "rtp", $"rtp://127.0.0.1:{FreePort.Next() / 2 * 2}");
            await Peers.Until.TrueAsync(() => File.Exists(description) && new FileInfo(description).Length > 0, "the session's description");
            await using var probe = new LiveProbe(description);
            await probe.UntilFrames(30);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static PeerProcess Send(params string[] target) => PeerProcess.Start("sender", Peer.RequireProgram("ffmpeg", "ffmpeg"), [.. Picture, .. target]);
}
