namespace VisionStream.LibAv;

/// <summary>How handing data to a decoder or encoder ended.</summary>
public enum SendResult
{
    /// <summary>It was taken.</summary>
    Accepted,

    /// <summary>It was not taken: receive what is ready, then send it again.</summary>
    Full,

    /// <summary>It was thrown away: the data is broken. Decoding can go on with the next packet.</summary>
    Corrupt,

    /// <summary>The end was announced before: nothing more is taken until a flush.</summary>
    Ended,
}
