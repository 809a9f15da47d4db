namespace VisionStream.MediaMtx.Addresses;

/// <summary>Where a stream or its annotated video is watched; the first is a secret when there is a password. Immutable.</summary>
/// <param name="Rtsp">RTSP, with the password in it, or <see langword="null"/>.</param>
/// <param name="Whep">WHEP, or <see langword="null"/>. The password goes in <c>Authorization: Bearer</c>.</param>
/// <param name="Hls">HLS, or <see langword="null"/>. The password goes in <c>Authorization: Bearer</c>.</param>
public sealed record WatchAddresses(string? Rtsp, string? Whep, string? Hls)
{
    /// <inheritdoc/>
    public override string ToString() => "Addresses to watch at";
}
