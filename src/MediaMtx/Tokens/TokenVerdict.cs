namespace VisionStream.MediaMtx.Tokens;

/// <summary>What a presented token or stream password is worth.</summary>
public enum TokenVerdict
{
    /// <summary>Ours, and in force.</summary>
    Valid,

    /// <summary>Ours, and no longer in force: no guess.</summary>
    Expired,

    /// <summary>Not ours, or for something else.</summary>
    Invalid,
}
