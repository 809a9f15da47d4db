namespace VisionStream.Host.Configuration;

/// <summary>What a discovered stream is analysed with. Immutable.</summary>
internal sealed record StreamProfile
{
    /// <summary>The profile that exists without being configured: the settings of all streams.</summary>
    public const string Default = "default";

    /// <summary>How it is analysed.</summary>
    public required AnalysisOptions Analysis { get; init; }

    /// <summary>Whether it is sent back to MediaMTX with its boxes, as NAME-annotated (default: no).</summary>
    public bool Annotate { get; init; }
}
