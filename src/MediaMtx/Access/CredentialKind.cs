namespace VisionStream.MediaMtx.Access;

/// <summary>By what somebody was known.</summary>
public enum CredentialKind
{
    /// <summary>By nothing: nobody has to be while access is open.</summary>
    None,

    /// <summary>A long-lived key.</summary>
    Key,

    /// <summary>A short-lived token.</summary>
    Token,

    /// <summary>The password of one stream.</summary>
    StreamPassword,
}
