namespace VisionStream.Host.Http;

/// <summary>Where a stream that comes from MediaMTX is published, by protocol; <see langword="null"/> for what is not offered.</summary>
/// <param name="Rtmp">RTMP; after the creation with user and password in it.</param>
/// <param name="Srt">SRT; likewise.</param>
/// <param name="Whip">WHIP; the token goes in <c>Authorization: Bearer</c>.</param>
/// <param name="Rtsp">RTSP; likewise as RTMP.</param>
internal sealed record PublishFacts(string? Rtmp, string? Srt, string? Whip, string? Rtsp);
