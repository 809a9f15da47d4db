namespace VisionStream.Host.Recording;

/// <summary>What became of a request to record.</summary>
internal enum RecordingOutcome
{
    /// <summary>Done, or it was so already.</summary>
    Done,

    /// <summary>MediaMTX will not: what it says is the reason.</summary>
    Refused,

    /// <summary>MediaMTX does not answer.</summary>
    Unavailable,
}
