using System.CommandLine;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream serve</c>: reads streams, detects, serves the results.</summary>
internal static class ServeCommand
{
    /// <summary>The file that is read when it is there and no other is named.</summary>
    public const string DefaultFile = "visionstream.json";

    private static readonly Option<string?> Config = new("--config") { Description = $"Configuration file (default: {DefaultFile} if it is there)" };
    private static readonly Option<string[]> Streams = new("--stream") { Description = "NAME=URL of a stream to watch; may be given several times" };
    private static readonly Option<string[]> Annotate = new("--annotate") { Description = "NAME=URL where the annotated video of a stream goes; may be given several times" };

    // Options that are settings of the same name: the text goes to the one reader that checks all settings.
    private static readonly (string Key, Option<string?> Option)[] Settings =
    [
        Setting("model", "ONNX model file, or a name that models list shows"),
        Setting("labels", "File with a class name a line, for a model that carries none"),
        Setting("fps", "Detections a second and stream (default: 10)"),
        Setting("confidence", "Least confidence reported (default: 0.25)"),
        Setting("iou", "Overlap above which the weaker box of a class goes (default: 0.7)"),
        Setting("max_detections", "Most boxes for a frame (default: 300)"),
        Setting("classes", "Class names with commas, or animals (default: all)"),
        Setting("cadence", "adaptive, fixed or gated (default: adaptive)"),
        Setting("idle_fps", "Detections a second of an unchanged scene with gated (default: 1)"),
        Setting("listen", "Address and port of HTTP and WebSocket (default: 127.0.0.1:8765)"),
        ("mediamtx:api", new Option<string?>("--mediamtx") { Description = "Control API of the MediaMTX whose paths are watched, such as http://127.0.0.1:9997" }),
        Setting("allowed_origins", "Web origins that may subscribe, with commas (default: our own)"),
        Setting("inference_threads", "Threads of one inference, 0 for what suits the machine (default: 0)"),
        Setting("provider", "ONNX Runtime's execution provider (default: cpu)"),
        Setting("state_file", "File that keeps streams made by POST over a restart, '' for none (default: in the state folder)"),
        Setting("log_level", "trace, debug, information, warning or error (default: information)"),
    ];

    private static readonly Option<bool> Loop = new("--loop") { Description = "Start files again when they end" };
    private static readonly Option<bool> Deflate = new("--deflate") { Description = "Allow compressed WebSocket messages" };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Allow listening beyond this machine without keys" };

    public static Command Create()
    {
        var command = new Command("serve", "Watch streams and serve their detections at ws://127.0.0.1:8765/ws") { Config, Streams, Annotate, Loop, Deflate, Insecure };
        foreach (var (_, option) in Settings)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancel) => Serving.Service.RunAsync(ServeOptionsReader.Read(Gather(parsed)), cancel));
        return command;
    }

    /// <summary>File, then environment, then command line; later wins.</summary>
    internal static IConfiguration Gather(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder();
        var file = parsed.GetValue(Config) ?? (File.Exists(DefaultFile) ? DefaultFile : null);
        if (file is not null)
        {
            if (!File.Exists(file))
            {
                throw new BadInputException($"There is no configuration file '{file}'.");
            }

            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        builder.AddEnvironmentVariables("VISIONSTREAM__");
        builder.AddInMemoryCollection(FromCommandLine(parsed));
        try
        {
            return builder.Build();
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"The configuration file '{file}' is not JSON: {e.InnerException?.Message ?? e.Message}");
        }
    }

    private static Dictionary<string, string?> FromCommandLine(ParseResult parsed)
    {
        var settings = Settings.Where(s => parsed.GetValue(s.Option) is not null)
            .ToDictionary(s => s.Key, s => parsed.GetValue(s.Option));
        foreach (var (key, flag) in new[] { ("deflate", Deflate), ("insecure", Insecure) })
        {
            if (parsed.GetValue(flag))
            {
                settings[key] = "true";
            }
        }

        // Keys that sort behind the numbered entries of a file, so that they win.
        var index = 0;
        foreach (var (name, url) in Pairs(parsed.GetValue(Streams), "--stream"))
        {
            var key = $"streams:{index++}-stream";
            settings[$"{key}:name"] = name;
            settings[$"{key}:url"] = url;
            settings[$"{key}:loop"] = parsed.GetValue(Loop) ? "true" : null;
        }

        foreach (var (name, url) in Pairs(parsed.GetValue(Annotate), "--annotate"))
        {
            var key = $"streams:{index++}-annotate";
            settings[$"{key}:name"] = name;
            settings[$"{key}:annotate"] = url;
        }

        return settings;
    }

    private static IEnumerable<(string Name, string Url)> Pairs(string[]? values, string option)
    {
        foreach (var value in values ?? [])
        {
            // A name holds no '=', a URL may.
            var equals = value.IndexOf('=', StringComparison.Ordinal);
            yield return equals > 0 && equals < value.Length - 1
                ? (value[..equals], value[(equals + 1)..])
                : throw new BadInputException($"{option} takes NAME=URL, for example live/glasses=rtsp://127.0.0.1:8554/live/glasses; '{value}' is not that.");
        }
    }

    private static (string Key, Option<string?> Option) Setting(string key, string description) =>
        (key, new Option<string?>("--" + key.Replace('_', '-')) { Description = description });
}
