using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VisionStream.EndToEnd.MainJob;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>The demo as a newcomer gets it: one command, and the whole way of the frames behind it.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task It_needs_nothing_and_finds_what_its_camera_shows()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(demo.Port);

        // A whole round of the belt brings every parcel into the picture; the signs hang there all the time.
        var wanted = new HashSet<string> { "qr_code", "barcode", "fiducial", "stop_sign", "warning_triangle" };
        while (wanted.Count > 0)
        {
            var result = await subscriber.NextAsync("detections");
            wanted.ExceptWith(result.GetProperty("detections").EnumerateArray().Select(d => d.GetProperty("label").GetString()!));
        }

        var facts = await demo.FactsAsync();
        Assert.Equal("online", facts.GetProperty("state").GetString());
        Assert.Equal((854, 480), (facts.GetProperty("width").GetInt32(), facts.GetProperty("height").GetInt32()));
        Assert.StartsWith("rtmp://127.0.0.1:", facts.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.Interrupt)]
    public async Task A_signal_ends_it_cleanly(UnixSignal signal)
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var subscriber = await Subscriber.ConnectAsync(demo.Port);
        await subscriber.NextAsync("detections");

        Assert.Equal(0, await demo.Process.StopAsync(signal));
        Assert.DoesNotContain(demo.Process.Errors.Lines(), line => line.Contains(" error ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        await using var demo = await DemoProcess.StartAsync();
        await using var second = ServiceProcess.Start("--listen", $"127.0.0.1:{demo.Port}", "--mediamtx", "none");

        Assert.Equal(2, await second.WaitForExitAsync());
        Assert.Equal([$"127.0.0.1:{demo.Port} cannot be listened on: Address already in use. Choose another with --listen."], second.Errors.Lines());
    }

    [Fact]
    public async Task A_MediaMtx_that_refuses_the_path_is_told_and_done_without()
    {
        // An RTMP server that knows no application demo, behind what answers as MediaMTX's control API does.
        await using var nginx = await NginxRtmpServer.StartAsync();
        await using var api = await ApiAsync(nginx.Port, "[]");
        await using var demo = await DemoProcess.StartAsync(mediaMtx: api.Urls.Single());
        await using var subscriber = await Subscriber.ConnectAsync(demo.Port);
        await subscriber.NextAsync("detections", d => d.GetProperty("detections").GetArrayLength() > 0);

        await demo.Process.WaitForOutputAsync(line => line.Contains("VisionStream's own listener", StringComparison.Ordinal));
        var told = Assert.Single(demo.Process.Output.Lines(), l => l.Contains("MediaMTX", StringComparison.Ordinal));
        Assert.StartsWith($"The MediaMTX at {api.Urls.Single()} does not take demo/scene, so the demo does without it: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_MediaMtx_that_takes_the_path_gets_the_cameras_video()
    {
        await using var nginx = await NginxRtmpServer.StartAsync(application: "demo");
        await using var api = await ApiAsync(nginx.Port, """["H264"]""");
        await using var demo = await DemoProcess.StartAsync(mediaMtx: api.Urls.Single());

        await demo.Process.WaitForOutputAsync(line => line.StartsWith($"Its camera publishes to rtmp://127.0.0.1:{nginx.Port}/demo/scene,", StringComparison.Ordinal));
        var video = Assert.Single(await Ffprobe.StreamsAsync($"rtmp://127.0.0.1:{nginx.Port}/demo/scene"));
        Assert.Equal((854, 480), (video.Width, video.Height));
        Assert.DoesNotContain(demo.Process.Output.Lines(), l => l.Contains("does not take", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_is_help_and_starts_nothing()
    {
        await using var help = ServiceProcess.Start("--help");

        Assert.Equal(0, await help.WaitForExitAsync());
        Assert.Contains(help.Output.Lines(), line => line.Contains("serve", StringComparison.Ordinal));
        Assert.DoesNotContain(help.Output.Lines(), line => line.Contains("demo is at", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> ApiAsync(int rtmpPort, string tracks)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var api = builder.Build();
        api.MapGet("/v3/config/global/get", () => Results.Text($$"""{ "rtmp": true, "rtmpAddress": ":{{rtmpPort}}" }""", "application/json"));
        api.MapGet("/v3/paths/get/{**name}", (string name) => Results.Text($$"""{ "name": "{{name}}", "online": true, "available": true, "tracks": {{tracks}} }""", "application/json"));
        await api.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }
}
