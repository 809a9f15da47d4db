namespace VisionStream.MediaMtx.Discovery;

/// <summary>What the host is told to do, or told of.</summary>
public enum PathChangeKind
{
    /// <summary>A publisher is there: begin to watch the path.</summary>
    Attach,

    /// <summary>The publisher left; the path is held, and nothing needs to be done.</summary>
    PublisherLeft,

    /// <summary>A publisher is there again within the hold; reading may be tried at once.</summary>
    PublisherReturned,

    /// <summary>Nobody came back within the hold: stop watching the path.</summary>
    Detach,
}
