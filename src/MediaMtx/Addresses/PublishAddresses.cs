namespace VisionStream.MediaMtx.Addresses;

/// <summary>
/// Where a stream is published, with the password in it where the protocol allows that: these are secrets then. Immutable.
/// </summary>
/// <param name="Rtmp">RTMP, or <see langword="null"/>: not offered, a name of one segment, or longer than RTMP clients take.</param>
/// <param name="Srt">SRT, or <see langword="null"/>: not offered, or a name or password that its stream identifier cannot hold.</param>
/// <param name="Whip">WHIP, or <see langword="null"/>. The password goes in <c>Authorization: Bearer</c>.</param>
/// <param name="Rtsp">RTSP, or <see langword="null"/>.</param>
public sealed record PublishAddresses(string? Rtmp, string? Srt, string? Whip, string? Rtsp)
{
    /// <inheritdoc/>
    public override string ToString() => "Addresses to publish at";
}
