using System.Text.Json;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Host.Access;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Addresses;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>Safe from any thread. Tells of streams as the API does.</summary>
/// <param name="feed">Has their states.</param>
/// <param name="posted">Knows when they end.</param>
/// <param name="server">The configured MediaMTX; <see langword="null"/> for none.</param>
internal sealed class StreamView(DetectionFeed feed, PostedStreams posted, MediaServer? server = null)
{
    /// <summary>One stream as it is now.</summary>
    /// <param name="pipeline">The stream.</param>
    /// <param name="request">Whoever asks, since addresses are given as the asker can reach them.</param>
    /// <param name="caller">Whoever asks; where one may not speak one is shown no way to it.</param>
    /// <param name="grant">What its creator is handed; <see langword="null"/> for everybody else, and while access is open.</param>
    public StreamFacts Of(StreamPipeline pipeline, HttpRequest request, Caller caller, StreamGrant? grant = null)
    {
        var name = pipeline.Options.Name;
        var snapshot = feed.Find(name);
        var status = snapshot?.Status;
        var analysis = pipeline.Options.Analysis;
        var host = request.Host.HasValue ? request.Host : new HostString("127.0.0.1");
        var addresses = server is null ? null : new StreamAddresses(server.AddressesFor(host.Host));
        var publish = pipeline.Options.Url is null ? addresses?.Publish(name, grant?.PublishPassword.Text) : null;
        var watch = pipeline.Options.Url is null ? addresses?.Watch(name, grant?.ReadPassword.Text) : null;
        var talk = pipeline.Options.Url is null && TalkName.TryOf(name, out var path) && caller.May(AccessRight.Publish, path)
            ? addresses?.Publish(path, null).Whip
            : null;
        var annotated = Annotated(pipeline, addresses, grant);
        var ws = $"{(request.IsHttps ? "wss" : "ws")}://{host.Value}/ws?streams={Uri.EscapeDataString(name.Value)}";
        var own = $"{request.Scheme}://{host.Value}/v1/streams/{Uri.EscapeDataString(name.Value)}";
        return new StreamFacts
        {
            Id = pipeline.Id,
            Name = name.Value,
            Origin = JsonNamingPolicy.SnakeCaseLower.ConvertName(pipeline.Origin.ToString()),
            State = StateNames.Of(status?.State ?? StreamState.Offline),
            Reason = status?.Reason ?? "Not started yet.",
            Session = status?.Session,
            Source = pipeline.Source,
            Width = status?.Width ?? 0,
            Height = status?.Height ?? 0,
            Model = snapshot?.Model?.Name,
            Labels = snapshot?.Model?.Labels ?? [],
            Fps = analysis.Fps,
            Confidence = analysis.Confidence,
            Classes = analysis.Classes,
            Frames = FrameFacts.Of(pipeline.Live.Ledger),
            Reconnects = pipeline.Live.Ledger.Reconnects,
            Annotated = annotated,
            Publish = publish is null ? null : new PublishFacts(publish.Rtmp, publish.Srt, publish.Whip, publish.Rtsp),
            Watch = watch is null ? null : new WatchFacts(watch.Rtsp, watch.Whep, watch.Hls),
            Talk = talk,
            Ws = ws,
            Token = grant?.Token.Text,
            TokenExpiresAt = grant?.Token.ExpiresAt,
            ExpiresAt = posted.ExpiresAt(name),
            Addresses = InOneList(("websocket", ws), ("publish RTMP", publish?.Rtmp), ("publish SRT", publish?.Srt), ("publish WHIP", publish?.Whip),
                ("publish RTSP", publish?.Rtsp), ("RTSP", watch?.Rtsp), ("WHEP", watch?.Whep), ("HLS", watch?.Hls),
                ("annotated RTSP", annotated?.Rtsp), ("annotated WHEP", annotated?.Whep), ("annotated HLS", annotated?.Hls),
                ("snapshot", $"{own}/snapshot.jpg"), ("preview MJPEG", $"{own}/preview.mjpeg")),
        };
    }

    private static AnnotatedFacts? Annotated(StreamPipeline pipeline, StreamAddresses? addresses, StreamGrant? grant)
    {
        if (pipeline.Annotated is not { } annotated)
        {
            return null;
        }

        var isOnMediaMtx = pipeline.Options.AnnotateTo is null && addresses is not null;
        return AnnotatedFacts.Of(annotated, isOnMediaMtx && AnnotatedName.TryOf(pipeline.Options.Name, out var name)
            ? addresses!.Watch(name, grant?.ReadPassword.Text)
            : null);
    }

    private static Dictionary<string, string> InOneList(params (string Key, string? Url)[] addresses) =>
        addresses.Where(a => a.Url is not null).ToDictionary(a => a.Key, a => a.Url!);
}
