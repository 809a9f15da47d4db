namespace VisionStream.Host.Recording;

/// <summary>What became of a request to record.</summary>
internal enum RecordingOutcome
{
    /// <summary>Done, or it was so already.</summary>
    Done,

    /// <summary>MediaMTX will not do it as it is asked: what it says is the reason.</summary>
    Refused,

    /// <summary>MediaMTX does not answer, not as MediaMTX does, or not to this service: the request is not to blame.</summary>
    Unavailable,
}
