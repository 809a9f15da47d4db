namespace VisionStream.Core.Streams;

/// <summary>What a stream is doing, as its subscribers are told in <c>status</c> messages.</summary>
public enum StreamState
{
    /// <summary>Not being read: not started yet, stopped, or its file has ended.</summary>
    Offline,

    /// <summary>Frames arrive.</summary>
    Online,

    /// <summary>The source is away or silent; it is being tried again.</summary>
    Reconnecting,

    /// <summary>Frames arrive and have another size or pixel format than before. It passes at once into <see cref="Online"/>.</summary>
    ResolutionChanged,

    /// <summary>Something that trying again does not mend; the reason says what to do.</summary>
    Error,
}
