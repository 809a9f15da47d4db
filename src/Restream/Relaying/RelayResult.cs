namespace VisionStream.Restream.Relaying;

/// <summary>How relaying ended.</summary>
public enum RelayResult
{
    /// <summary>The source was a file and has ended.</summary>
    Completed,

    /// <summary>It was told to stop.</summary>
    Cancelled,

    /// <summary>The options are not valid; nothing was opened.</summary>
    InvalidOptions,

    /// <summary>The source could not be opened, or not again, as often as it was to be tried.</summary>
    SourceFailed,

    /// <summary>The target could not be reached, as often as it was to be tried.</summary>
    TargetFailed,
}
