namespace VisionStream.Host.Control;

/// <summary>How POST /v1/streams ended.</summary>
internal enum PostOutcome
{
    /// <summary>The stream is new.</summary>
    Created,

    /// <summary>It was there, as it is asked for; its time to live begins anew.</summary>
    Present,

    /// <summary>There is another stream of that name.</summary>
    Differs,

    /// <summary>There are as many as may be.</summary>
    TooMany,
}
