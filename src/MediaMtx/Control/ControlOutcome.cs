namespace VisionStream.MediaMtx.Control;

/// <summary>How a request to MediaMTX's control API ended.</summary>
public enum ControlOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Nobody answers there, or the connection broke: trying again later may help.</summary>
    Unreachable,

    /// <summary>Somebody is there, but no whole answer came within the deadline.</summary>
    TimedOut,

    /// <summary>MediaMTX wants credentials, or others than those given (401, 403).</summary>
    Unauthorized,

    /// <summary>There is no such path, entry, recording or connection (404).</summary>
    NotFound,

    /// <summary>An entry of that name is there already.</summary>
    AlreadyExists,

    /// <summary>MediaMTX did not accept the request (any other 4xx); the sentence says why.</summary>
    Refused,

    /// <summary>The answer is not MediaMTX's: no JSON, another shape, too long, a redirect, a 5xx.</summary>
    Nonsense,
}
