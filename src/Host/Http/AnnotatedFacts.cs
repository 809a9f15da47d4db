using System.Text.Json;
using VisionStream.MediaMtx.Addresses;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Http;

/// <summary>An annotated stream as the API tells it; written in snake_case.</summary>
internal sealed record AnnotatedFacts
{
    /// <summary>Where it goes, without secrets.</summary>
    public required string Target { get; init; }

    /// <summary>Its height in pixels as it is set; <see langword="null"/> for the source's, or what a configured width makes of it.</summary>
    public required int? Height { get; init; }

    /// <summary>The most frames a second that it is set to; <see langword="null"/> for all that the source has.</summary>
    public required double? Fps { get; init; }

    /// <summary>What it is doing, in snake_case.</summary>
    public required string State { get; init; }

    /// <summary>Pictures sent.</summary>
    public required long Frames { get; init; }

    /// <summary>Frames that were overwritten in the ring before they could be sent.</summary>
    public required long Skipped { get; init; }

    /// <summary>Why the target was last lost; empty when it never was.</summary>
    public required string LastError { get; init; }

    /// <summary>Where RTSP viewers find it; <see langword="null"/> when it goes elsewhere than to MediaMTX.</summary>
    public required string? Rtsp { get; init; }

    /// <summary>Where browsers find it by WHEP; <see langword="null"/> as above.</summary>
    public required string? Whep { get; init; }

    /// <summary>Where it is to be had as HLS; <see langword="null"/> as above.</summary>
    public required string? Hls { get; init; }

    /// <summary>Its present state.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="addresses">Where MediaMTX offers it; <see langword="null"/> when it goes elsewhere.</param>
    public static AnnotatedFacts Of(AnnotatedStream stream, WatchAddresses? addresses)
    {
        var status = stream.Status;
        return new AnnotatedFacts
        {
            Target = stream.Options.Target.Redacted,
            Height = stream.Options.Video.Height,
            Fps = stream.Options.Video.FrameRate,
            State = JsonNamingPolicy.SnakeCaseLower.ConvertName(status.State.ToString()),
            Frames = status.Sent,
            Skipped = status.Skipped,
            LastError = status.LastError,
            Rtsp = addresses?.Rtsp,
            Whep = addresses?.Whep,
            Hls = addresses?.Hls,
        };
    }
}
