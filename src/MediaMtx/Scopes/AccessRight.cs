namespace VisionStream.MediaMtx.Scopes;

/// <summary>What somebody may do.</summary>
public enum AccessRight
{
    /// <summary>See a stream, its annotated video, its detections and its recordings.</summary>
    Read,

    /// <summary>Send the pictures of a stream.</summary>
    Publish,

    /// <summary>Everything: configure, add and remove streams, see figures, read and publish every stream.</summary>
    Admin,
}
