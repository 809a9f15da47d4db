using System.Net;

namespace VisionStream.Host.Configuration;

/// <summary>Everything that <c>visionstream serve</c> can be told. Immutable; read once at start.</summary>
internal sealed record ServeOptions
{
    /// <summary>Address and port of HTTP and WebSocket (default: 127.0.0.1:8765).</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8765);

    /// <summary>Allows an address other than loopback without keys (default: no).</summary>
    public bool Insecure { get; init; }

    /// <summary>Who may do what (default: everybody everything).</summary>
    public AccessSettings Access { get; init; } = new();

    /// <summary>Where recordings lie that MediaMTX does not make (default: recordings in <see cref="StateFolder"/>).</summary>
    public string Recordings { get; init; } = Path.Combine(StateFolder.Path, "recordings");

    /// <summary>Bytes that those recordings may have, all streams together, the oldest deleted first; <see langword="null"/> for any (default: any).</summary>
    public long? RecordingsMaxBytes { get; init; }

    /// <summary>A collector that gets figures and log lines by OTLP over HTTP, such as http://127.0.0.1:4318 (default: none).</summary>
    public Uri? Otlp { get; init; }

    /// <summary>The streams (default: none).</summary>
    public IReadOnlyList<StreamOptions> Streams { get; init; } = [];

    /// <summary>What a stream is analysed with unless it says otherwise.</summary>
    public AnalysisOptions Defaults { get; init; } = new();

    /// <summary>The MediaMTX whose paths are watched and that streams are published to; <see langword="null"/> for none (default: none).</summary>
    public MediaMtxSettings? MediaMtx { get; init; }

    /// <summary>
    /// The file that keeps streams made by POST over a restart; <see langword="null"/> to keep none (default: none; what is read from
    /// the configuration says visionstream-state.json in <see cref="StateFolder"/> unless told otherwise).
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>Threads that one inference may use, 0 for as many as suit the machine (default: 0).</summary>
    public int InferenceThreads { get; init; }

    /// <summary>ONNX Runtime's execution provider (default: cpu).</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>Origins whose pages may open a WebSocket here, beside our own (default: none).</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether WebSocket messages may be compressed (default: no).</summary>
    public bool Deflate { get; init; }

    /// <summary>Least level logged: trace, debug, information, warning, error (default: information).</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
