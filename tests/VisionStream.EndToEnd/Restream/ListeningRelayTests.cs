using VisionStream.EndToEnd.Peers;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>relay as a user types it, from a publisher that it waits for.</summary>
public sealed class ListeningRelayTests
{
    // Encryption has to be the same at both ends, so that a listener that lost its parameters takes nobody.
    private const string Passphrase = "known-to-both-of-them";

    [Fact]
    public async Task An_SRT_publisher_is_waited_for_and_relayed_and_waited_for_again()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var port = FreePort.Next();
        await using var relay = ServiceProcess.Start("relay", $"srt://127.0.0.1:{port}?mode=listener&passphrase={Passphrase}", server.Url("robot"));
        await using (var robot = Send(port))
        {
            await relay.WaitForErrorAsync(l => l.StartsWith("Relaying", StringComparison.Ordinal));
            await Until.TrueAsync(async () => await Ffprobe.CanReadAsync(server.Url("robot")), "the relay to publish");
            var pictures = RecordedPicture.ReadAll(server.Url("robot"), 30);
            Assert.Equal((640, 360), (pictures[0].Width, pictures[0].Height));
        }

        await relay.WaitForErrorAsync(l => l.Contains("Trying again", StringComparison.Ordinal));
        var told = relay.Errors.Count;
        await using var again = Send(port);
        await relay.WaitForErrorAsync(l => l.StartsWith("Relaying", StringComparison.Ordinal), told);
        Assert.DoesNotContain(relay.Errors.Lines(), l => l.Contains(Passphrase, StringComparison.Ordinal));
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
    }

    [Fact]
    public async Task An_RTMP_publisher_that_falls_silent_does_not_keep_the_port()
    {
        await using var server = await NginxRtmpServer.StartAsync();
        var url = $"rtmp://127.0.0.1:{FreePort.Next()}/live/key";
        await using var relay = ServiceProcess.Start("relay", url + "?listen=1", server.Url("robot"));
        await using var robot = await PublishAsync(url);
        await relay.WaitForErrorAsync(l => l.StartsWith("Relaying", StringComparison.Ordinal));
        robot.Send(UnixSignal.Pause);
        await relay.WaitForErrorAsync(l => l.Contains("Trying again", StringComparison.Ordinal));
        var told = relay.Errors.Count;
        await using var again = await PublishAsync(url);
        await relay.WaitForErrorAsync(l => l.StartsWith("Relaying", StringComparison.Ordinal), told);
        Assert.Equal(0, await relay.StopAsync(UnixSignal.Interrupt));
    }

    /// <summary>A publisher that calls until it is answered.</summary>
    private static async Task<PeerProcess> PublishAsync(string url)
    {
        while (true)
        {
            var publisher = Start("-f", "flv", url);
            await Until.TrueAsync(() => IsTaken(publisher) || publisher.HasExited, "the publisher to be taken or refused");
            if (IsTaken(publisher))
            {
                return publisher;
            }

            await publisher.DisposeAsync();
        }
    }

    private static bool IsTaken(PeerProcess publisher) =>
        publisher.Output.Lines().Any(l => l.StartsWith("frame=", StringComparison.Ordinal) && l != "frame=0");

    private static PeerProcess Send(int port) =>
        Start("-f", "mpegts", $"srt://127.0.0.1:{port}?mode=caller&connect_timeout=60000&passphrase={Passphrase}");

    private static PeerProcess Start(params string[] target) => PeerProcess.Start(
        "publisher",
        Peer.RequireProgram("ffmpeg", "ffmpeg"),
        [
            "-nostdin", "-v", "warning", "-progress", "pipe:1", "-re", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-c:v", "libx264",
            "-preset", "ultrafast", "-tune", "zerolatency", "-g", "25", .. target,
        ]);
}
