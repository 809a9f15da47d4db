namespace VisionStream.MediaMtx.Authentication;

/// <summary>The answer to MediaMTX's question.</summary>
internal enum AuthOutcome
{
    /// <summary>200: let the client in.</summary>
    Granted,

    /// <summary>401: ask the client for credentials, or turn it away.</summary>
    Denied,

    /// <summary>400: this is not MediaMTX's question.</summary>
    Malformed,
}
