using System.Globalization;
using System.Net;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Configuration;

/// <summary>Turns configuration (file, environment, command line: later wins) into <see cref="ServeOptions"/>; reports all errors at once.</summary>
internal static class ServeOptionsReader
{
    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error"];

    /// <summary>Where posted streams are kept unless it is said otherwise.</summary>
    public static string DefaultStateFile => Path.Combine(StateFolder.Path, "visionstream-state.json");

    /// <summary>Reads and checks.</summary>
    /// <exception cref="BadInputException">One sentence for each thing that is wrong, with its key's name.</exception>
    public static ServeOptions Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var root = new SettingsNode("", [configuration], errors);
        var fallback = new ServeOptions();
        var defaults = ReadAnalysis(root, fallback.Defaults);
        var mediaMtx = root.Has("mediamtx") ? MediaMtxSettingsReader.Read(root.Child("mediamtx"), defaults, ReadAnalysis) : null;
        var options = new ServeOptions
        {
            Listen = ReadListen(root, fallback.Listen),
            Insecure = root.Flag("insecure", fallback.Insecure),
            Access = AccessSettingsReader.Read(root, errors),
            Otlp = ReadOtlp(root),
            Recordings = root.Text("recordings") ?? fallback.Recordings,
            RecordingsMaxBytes = ReadBytes(root, "recordings_max_bytes"),
            Defaults = defaults,
            Streams = ReadStreams(root, defaults, mediaMtx is not null, errors),
            MediaMtx = mediaMtx,
            StateFile = root.TextOrEmpty("state_file") switch
            {
                null => DefaultStateFile,
                "" => null,
                var file => file,
            },
            InferenceThreads = root.Whole("inference_threads", fallback.InferenceThreads, 0, 256),
            Provider = root.Text("provider") ?? fallback.Provider,
            AllowedOrigins = root.List("allowed_origins", fallback.AllowedOrigins),
            Deflate = root.Flag("deflate", fallback.Deflate),
            LogLevel = Enum.Parse<LogLevel>(root.Choice("log_level", "information", Levels), ignoreCase: true),
        };
        if (!IPAddress.IsLoopback(options.Listen.Address) && !options.Insecure && options.Access.IsOpen)
        {
            root.Refuse("listen", $"{options.Listen} can be reached from other machines and no keys are configured; "
                + "configure keys, listen on 127.0.0.1, or say --insecure if everybody on that network may see the streams");
        }

        root.RefuseUnknown();
        return errors.Count == 0 ? options : throw new BadInputException(errors);
    }

    private static IPEndPoint ReadListen(SettingsNode root, IPEndPoint fallback)
    {
        if (root.Text("listen") is not { } text)
        {
            return fallback;
        }

        var named = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text["localhost".Length..] : text;
        if (named.StartsWith(':') || named.StartsWith("*:", StringComparison.Ordinal))
        {
            named = "0.0.0.0" + named[named.LastIndexOf(':')..];
        }

        // Without a port IPEndPoint.TryParse answers port 0, which would mean a random one.
        if (IPEndPoint.TryParse(named, out var endpoint) && named.Contains(':', StringComparison.Ordinal)
            && (endpoint.Port > 0 || named.EndsWith(":0", StringComparison.Ordinal)))
        {
            return endpoint;
        }

        root.Refuse("listen", $"'{text}' is not an address and a port such as 127.0.0.1:8765");
        return fallback;
    }

    private static Uri? ReadOtlp(SettingsNode root)
    {
        if (root.Text("otlp") is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0)
        {
            return uri;
        }

        root.Refuse("otlp", "this is no address such as http://127.0.0.1:4318");
        return null;
    }

    private static long? ReadBytes(SettingsNode root, string key)
    {
        if (root.Text(key) is not { } text)
        {
            return null;
        }

        // JSON's 1e9 arrives as it was written.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes) && bytes >= 1 && bytes <= long.MaxValue && bytes == decimal.Truncate(bytes))
        {
            return (long)bytes;
        }

        root.Refuse(key, $"'{text}' is no number of bytes from 1 on; leave it out for no bound");
        return null;
    }

    private static AnalysisOptions ReadAnalysis(SettingsNode node, AnalysisOptions fallback) => new()
    {
        Model = node.Text("model") ?? fallback.Model,
        Labels = node.Text("labels") ?? fallback.Labels,
        Fps = node.Number("fps", fallback.Fps, 0.1, 60),
        Confidence = node.Number("confidence", fallback.Confidence, 0, 1),
        Iou = node.Number("iou", fallback.Iou, 0, 1),
        MaxDetections = node.Whole("max_detections", fallback.MaxDetections, 1, 1000),
        Classes = node.List("classes", fallback.Classes),
        Cadence = node.Choice("cadence", fallback.Cadence, "adaptive", "fixed", "gated"),
        IdleFps = node.Number("idle_fps", fallback.IdleFps, 0.1, 60),
    };

    private static List<StreamOptions> ReadStreams(SettingsNode root, AnalysisOptions defaults, bool hasMediaMtx, List<string> errors)
    {
        var streams = new List<StreamOptions>();

        // Entries with the same name are one stream: what the command line says of it wins over the file.
        foreach (var entries in root.Entries("streams").GroupBy(e => e.Section["name"]?.Trim() ?? "", StringComparer.Ordinal))
        {
            var node = new SettingsNode(entries.Last().Path, [.. entries.Select(e => e.Section)], errors);
            var analysis = ReadAnalysis(node, defaults);
            var loop = node.Flag("loop", fallback: false);
            var annotate = node.Text("annotate");
            var url = node.Text("url");
            if (!StreamName.TryParse(node.Text("name"), out var name, out var error))
            {
                node.Refuse("name", error.TrimEnd('.'));
            }

            if (url is null && !hasMediaMtx)
            {
                node.Refuse("url", $"the stream '{name}' has no URL, for example rtsp://127.0.0.1:8554/live/glasses, and there is no MediaMTX (--mediamtx) to read it from");
            }

            // Yes and no stand for MediaMTX's path of the annotated video; everything else is where it goes.
            var wanted = bool.TryParse(annotate, out var said) ? said : annotate is not null;
            if (wanted && bool.TryParse(annotate, out _) && !hasMediaMtx)
            {
                node.Refuse("annotate", $"there is no MediaMTX (--mediamtx) that takes the annotated video of '{name}'; give a URL such as rtsp://HOST:8554/{name}-annotated");
            }

            if (analysis.Model.Length == 0)
            {
                node.Refuse("model", $"the stream '{name}' has no model; give --model FILE.onnx");
            }

            var (audio, video) = (AnnotationSettingsReader.ReadAudio(node), AnnotationSettingsReader.ReadVideo(node));
            node.RefuseUnknown();
            streams.Add(new StreamOptions
            {
                Name = name,
                Url = url,
                Analysis = analysis,
                Loop = loop,
                Annotate = wanted,
                AnnotateTo = bool.TryParse(annotate, out _) ? null : annotate,
                Audio = audio,
                Video = video,
            });
        }

        return streams;
    }
}
