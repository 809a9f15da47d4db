namespace VisionStream.LibAv;

/// <summary>Why a blocking call was ended from outside.</summary>
internal enum InterruptCause
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Its deadline passed.</summary>
    Deadline,

    /// <summary>The token was cancelled.</summary>
    Cancelled,
}
