namespace VisionStream.Ingest.Recording;

/// <summary>What a stream's recording is doing.</summary>
public enum RecordingState
{
    /// <summary>Nothing is recorded.</summary>
    Off,

    /// <summary>Asked for; the next key frame begins a file.</summary>
    Waiting,

    /// <summary>A file is being written.</summary>
    Recording,

    /// <summary>Writing failed and the recording has ended; the stream goes on.</summary>
    Failed,
}
