namespace VisionStream.Restream.Timing;

/// <summary>How sound stands to the pictures of its session.</summary>
internal enum SoundTiming
{
    /// <summary>Pictures of its session are being shown; it can go out.</summary>
    Known,

    /// <summary>The first picture of its session has yet to come; it has to wait.</summary>
    TooEarly,

    /// <summary>Its session is over; it is of no use any more.</summary>
    TooLate,
}
