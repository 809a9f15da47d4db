namespace VisionStream.Broadcaster;

/// <summary>What the host's check says to somebody who wants to subscribe.</summary>
public enum Admission
{
    /// <summary>Welcome.</summary>
    Granted,

    /// <summary>No key or token came, or one that is unknown or expired: 401.</summary>
    CredentialsNeeded,

    /// <summary>The key or token is good, but not for any stream: 403.</summary>
    Refused,

    /// <summary>Too many wrong keys came from this address: 429.</summary>
    TryLater,
}
