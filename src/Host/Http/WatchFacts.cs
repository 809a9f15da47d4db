namespace VisionStream.Host.Http;

/// <summary>Where a stream's own video is watched, by protocol; <see langword="null"/> for what is not offered.</summary>
/// <param name="Rtsp">RTSP.</param>
/// <param name="Whep">WHEP, for browsers.</param>
/// <param name="Hls">HLS, for browsers.</param>
internal sealed record WatchFacts(string? Rtsp, string? Whep, string? Hls);
