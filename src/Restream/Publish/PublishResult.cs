namespace VisionStream.Restream.Publish;

/// <summary>How publishing ended.</summary>
public enum PublishResult
{
    /// <summary>The source has ended, or the duration is over.</summary>
    Completed,

    /// <summary>It was told to stop.</summary>
    Cancelled,

    /// <summary>The options are not valid; nothing was opened.</summary>
    InvalidOptions,

    /// <summary>The source could not be opened or has no pictures, and trying again would not mend it or was given up.</summary>
    SourceFailed,

    /// <summary>The target could not be reached, as often as it was to be tried.</summary>
    TargetFailed,
}
