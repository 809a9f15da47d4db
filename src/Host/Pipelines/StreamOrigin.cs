namespace VisionStream.Host.Pipelines;

/// <summary>Who asked for a stream. What a person named wins over what was discovered.</summary>
internal enum StreamOrigin
{
    /// <summary>The configuration or the command line.</summary>
    Configured,

    /// <summary>POST /v1/streams.</summary>
    Posted,

    /// <summary>A path of MediaMTX that met a rule.</summary>
    Discovered,
}
