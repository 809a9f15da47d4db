namespace VisionStream.Host.Configuration;

/// <summary>What the process answers with.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something failed on the way: a server away for good, an image that cannot be read.</summary>
    public const int Failure = 1;

    /// <summary>What the user gave cannot be used.</summary>
    public const int BadInput = 2;
}
