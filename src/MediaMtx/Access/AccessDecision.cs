namespace VisionStream.MediaMtx.Access;

/// <summary>The answer to somebody who wants something.</summary>
public enum AccessDecision
{
    /// <summary>Allowed.</summary>
    Granted,

    /// <summary>No key, token or password came, or none that is in force: 401.</summary>
    CredentialsNeeded,

    /// <summary>Known, but not allowed this: 403.</summary>
    Refused,

    /// <summary>Too many failed attempts from this address: 429, and keys were not looked at.</summary>
    TooManyAttempts,
}
