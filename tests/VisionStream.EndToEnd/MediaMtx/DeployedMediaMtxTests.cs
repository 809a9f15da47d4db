using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using VisionStream.Core.Streams;
using VisionStream.EndToEnd.Peers;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.EndToEnd.MediaMtx;

/// <summary>MediaMTX itself with deploy/mediamtx.yml, asking our access control who may come in; where there is one.</summary>
public sealed class DeployedMediaMtxTests
{
    private static readonly StreamName Glasses = StreamName.Parse("live/glasses");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_configuration_loads_and_every_door_asks_for_a_key()
    {
        Assert.SkipWhen(MediaMtxServer.Program is null, "there is no MediaMTX here: no 'mediamtx' on PATH and no variable MEDIAMTX that names one");
        var key = ApiKey.Generate("ourselves", [Scope.Admin], out var secret);
        await using var access = await ServeAsync(key);
        var (api, rtsp, rtmp) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        await using var process = PeerProcess.Start(
            "mediamtx", MediaMtxServer.Program, [Path.Combine(Repository.Root, "deploy", "mediamtx.yml")], Environment(access.Urls.Single(), api, rtsp, rtmp));
        foreach (var port in (int[])[api, rtsp, rtmp])
        {
            await process.ListeningAsync(port);
        }

        using var known = new MediaMtxClient(new MediaMtxOptions { Api = $"http://127.0.0.1:{api}", Token = secret }, TimeProvider.System);
        using var unknown = new MediaMtxClient(new MediaMtxOptions { Api = $"http://127.0.0.1:{api}" }, TimeProvider.System);
        Assert.Equal(ControlOutcome.Ok, (await known.ListPathsAsync(Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Unauthorized, (await unknown.ListPathsAsync(Cancel)).Outcome);

        var passwords = access.Services.GetRequiredService<StreamPasswords>();
        var password = passwords.Issue(Glasses, publish: true, read: true, TimeSpan.FromHours(1)).Text;
        var addresses = new StreamAddresses(new PublicAddresses { Rtmp = $"rtmp://127.0.0.1:{rtmp}", Rtsp = $"rtsp://127.0.0.1:{rtsp}" });
        await using var stranger = FfmpegPublisher.Launch(addresses.Publish(Glasses, "wrong").Rtmp!);
        Assert.NotEqual(0, await stranger.WaitForExitAsync());
        await using var publisher = await FfmpegPublisher.StartAsync(addresses.Publish(Glasses, password).Rtmp!);
        await Until.TrueAsync(async () => (await known.GetPathAsync(Glasses, Cancel)).Value?.Online == true, "the publisher to be let in");
        Assert.Contains(await Ffprobe.StreamsAsync(addresses.Watch(Glasses, password).Rtsp!), s => s.Codec == "h264");
    }

    private static Dictionary<string, string?> Environment(string access, int api, int rtsp, int rtmp)
    {
        // The ports that this test does not use are free ones too, so that it can run beside anything.
        var environment = new[] { "METRICS", "PLAYBACK", "HLS", "WEBRTC", "SRT", "WEBRTCLOCALUDP" }.ToDictionary(s => $"MTX_{s}ADDRESS", _ => (string?)Local(FreePort.Next()));
        environment["MTX_APIADDRESS"] = Local(api);
        environment["MTX_RTSPADDRESS"] = Local(rtsp);
        environment["MTX_RTMPADDRESS"] = Local(rtmp);
        environment["MTX_AUTHHTTPADDRESS"] = $"{access}/v1/mediamtx/auth";
        return environment;

        static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    private static async Task<WebApplication> ServeAsync(ApiKey key)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddAccess(new AccessOptions(), new ApiKeyRing([key]), [SigningKey.Generate()], new TokenOptions(), new AuthEndpointOptions(), _ => null);
        var app = builder.Build();
        app.UseRouting();
        app.MapMediaMtxAuth();
        await app.StartAsync(Cancel);
        return app;
    }
}
