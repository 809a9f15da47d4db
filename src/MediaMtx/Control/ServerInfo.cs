namespace VisionStream.MediaMtx.Control;

/// <summary>Which MediaMTX answers. Immutable.</summary>
/// <param name="Version">Its release, for example <c>v1.20.1</c>; empty when it does not say, as some older ones.</param>
/// <param name="StartedAt">When it was started, by its own clock; <see langword="null"/> when it does not say.</param>
public sealed record ServerInfo(string Version, DateTimeOffset? StartedAt);
