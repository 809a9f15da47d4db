using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Stored;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream detect</c>: what a model finds in pictures and clips, a line for each picture or analysed frame.</summary>
internal static class DetectCommand
{
    private static readonly Argument<string[]> Files = new("files") { Description = "Pictures (JPEG, PNG) and clips", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, one object a line" };
    private static readonly Option<string?> Every = new("--every") { Description = "Analyse every N-th frame of a clip (default: 1)" };
    private static readonly string[] Keys = ["model", "labels", "confidence", "iou", "max_detections", "classes", "inference_threads", "provider"];
    private static readonly Option<string?>[] Settings = [.. Keys.Select(k => new Option<string?>("--" + k.Replace('_', '-')))];
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var command = new Command("detect", "Run a model on pictures and clips") { Files, Json, Every };
        foreach (var option in Settings)
        {
            option.Description = "As for serve";
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancel) => RunAsync(parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var given = Keys.Zip(Settings).Select(s => KeyValuePair.Create(s.First, parsed.GetValue(s.Second)));
        var options = ServeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(given).Build());
        var every = ReadEvery(parsed.GetValue(Every));
        if (options.Defaults.Model.Length == 0)
        {
            throw new BadInputException("No model is named; give --model, a file or a name that models list shows.");
        }

        FfmpegLibraries.Load();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.None));
        MediaLibraries.LogTo(loggers.CreateLogger("FFmpeg"));
        var shelf = new ModelShelf(new InferenceOptions { Threads = options.InferenceThreads, ExecutionProvider = options.Provider }, TimeProvider.System);
        using var model = shelf.Take(options.Defaults.Model, options.Defaults.Labels);
        using var detector = new FrameDetector(model.Detectors.Model, TimeProvider.System);
        var settings = ModelShelf.SettingsOf(detector.Model, options.Defaults);
        var result = ExitCode.Success;
        foreach (var file in parsed.GetRequiredValue(Files))
        {
            if (!SourceUrl.TryParse(file, out var source, out var problem) || (problem = source.FindProblem()) is not null
                || (problem = await ClipReader.ReadAsync(source, frame => Analyse(file, frame), TimeProvider.System, loggers, cancel)) is not null)
            {
                await Console.Error.WriteLineAsync(problem);
                result = ExitCode.BadInput;
            }
        }

        return result;

        void Analyse(string file, VideoFrame frame)
        {
            if ((frame.Id - 1) % every == 0)
            {
                var detections = detector.Detect(frame, settings, out var times);
                Console.WriteLine(parsed.GetValue(Json) ? ToJson(file, frame, detector.Model.Info, times, detections) : ToText(file, frame, detections));
            }
        }
    }

    private static int ReadEvery(string? text) =>
        text is null ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every > 0 ? every
        : throw new BadInputException($"--every takes a number from 1, not '{text}'.");

    private static string ToJson(string file, VideoFrame frame, ModelInfo model, StageTimes times, IReadOnlyList<Detection> detections)
    {
        var (width, height) = (frame.Format.Width, frame.Format.Height);
        return JsonSerializer.Serialize(new
        {
            File = file,
            Frame = frame.Id - 1,
            PtsMs = Math.Round(frame.Info.Pts.Milliseconds, 3),
            Width = width,
            Height = height,
            Model = model.Name,
            LatencyMs = new
            {
                Preprocess = Milliseconds(times.Started, times.Prepared),
                Inference = Milliseconds(times.Prepared, times.Inferred),
                Postprocess = Milliseconds(times.Inferred, times.Finished),
            },
            Detections = detections.Select(d => new
            {
                d.ClassId,
                d.Label,
                Confidence = Math.Round(d.Confidence, 4),
                d.TrackId,
                Box = Rectangle(d.Box.X / width, d.Box.Y / height, d.Box.Width / width, d.Box.Height / height, 5),
                BoxPx = Rectangle(d.Box.X, d.Box.Y, d.Box.Width, d.Box.Height, 1),
            }),
        }, Wire);
    }

    private static object Rectangle(double x, double y, double w, double h, int digits) =>
        new { X = Math.Round(x, digits), Y = Math.Round(y, digits), W = Math.Round(w, digits), H = Math.Round(h, digits) };

    private static double Milliseconds(long from, long to) => Math.Round(TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds, 2);

    private static string ToText(string file, VideoFrame frame, IReadOnlyList<Detection> detections)
    {
        var objects = detections.Select(d => string.Create(CultureInfo.InvariantCulture,
            $"{d.Label} {d.Confidence:0.00} at {d.Box.X:0},{d.Box.Y:0} {d.Box.Width:0}x{d.Box.Height:0}"));
        return $"{file} frame {frame.Id - 1}: {string.Join("; ", objects.DefaultIfEmpty("nothing"))}";
    }
}
