using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;

namespace VisionStream.MediaMtx.Discovery;

/// <summary>One decision about one path. Immutable.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Name">The path, which is the stream's name.</param>
/// <param name="Profile">The profile that its rule gave it.</param>
/// <param name="Path">The path as MediaMTX tells of it; <see langword="null"/> when it is gone.</param>
public sealed record PathChange(PathChangeKind Kind, StreamName Name, string Profile, MediaPath? Path);
