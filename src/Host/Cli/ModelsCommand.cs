using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream models list|inspect|add</c>: which models there are, what one takes, gives and knows, and getting more.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Path = new("file") { Description = "An ONNX file, or a name that models list shows" };
    private static readonly Argument<string> Source = new("source") { Description = "An ONNX file, or an http or https address of one" };
    private static readonly Option<string> Sha256 = new("--sha256") { Description = "What it has to hash to, 64 hexadecimal digits", Required = true };
    private static readonly Option<string?> Name = new("--name") { Description = "What it is called here (default: its file's name)" };
    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON" };
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create()
    {
        var inspect = new Command("inspect", "Say what a model takes, gives and knows") { Path, Json };
        inspect.SetAction(parsed => Inspect(parsed.GetRequiredValue(Path), parsed.GetValue(Json)));
        var list = new Command("list", "Say which models --model knows by name") { Json };
        list.SetAction(parsed => List(parsed.GetValue(Json)));
        var add = new Command("add", $"Bring a model to {ModelLibrary.Default.Added}, checked, for --model to know by name") { Source, Sha256, Name };
        add.SetAction((parsed, cancel) => AddAsync(parsed.GetRequiredValue(Source), parsed.GetRequiredValue(Sha256), parsed.GetValue(Name), cancel));
        return new Command("models", "List, inspect and add models") { list, inspect, add };
    }

    private static int List(bool json)
    {
        var catalogue = ModelLibrary.Default.Catalogue();
        var models = ModelLibrary.Default.List().Select(m => ListedModel.Of(m, catalogue)).ToArray();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(models, Wire));
            return ExitCode.Success;
        }

        foreach (var model in models)
        {
            Console.WriteLine($"{model.Name}  {model.Bytes:N0} bytes, {(model.Bundled ? "bundled" : "added")}, {model.Path}");
            Console.WriteLine($"    sha256 {model.Sha256 ?? "unknown"}");
            if (model.Classes is { } classes)
            {
                Console.WriteLine($"    {classes.Count} classes: {string.Join(", ", classes.Take(10))}{(classes.Count > 10 ? ", ..." : "")}");
            }

            if (model.Problem is { } problem)
            {
                Console.WriteLine($"    problem: {problem}");
            }
        }

        return ExitCode.Success;
    }

    private static async Task<int> AddAsync(string source, string sha256, string? name, CancellationToken cancel)
    {
        // Until the head of an answer; the body has a bound of its own.
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var download = new ModelDownload(ModelLibrary.Default, http);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var model = await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask(Markup.Escape(source), maxValue: double.MaxValue);
                return download.AddAsync(
                    source,
                    sha256,
                    name,
                    (done, all) =>
                    {
                        bar.MaxValue = all ?? ModelDownload.MaxBytes;
                        bar.Value = done;
                    },
                    cancel);
            });
        Console.WriteLine($"{model.Name} is at {model.Path}; use it with --model {model.Name}.");
        return ExitCode.Success;
    }

    private static int Inspect(string path, bool json)
    {
        ModelInspection inspection;
        try
        {
            using var model = DetectorModel.Load(ModelLibrary.Default.Locate(path));
            inspection = model.Inspect();
        }
        catch (ModelException e)
        {
            throw new BadInputException(e.Message);
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(inspection, Wire));
            return ExitCode.Success;
        }

        Console.WriteLine($"file      {inspection.Path}, {inspection.Size:N0} bytes");
        Console.WriteLine($"sha256    {inspection.Sha256}");
        Show("input", inspection.Inputs.Select(t => t.ToString()));
        Show("output", inspection.Outputs.Select(t => t.ToString()));
        Console.WriteLine($"layout    {inspection.Layout}");
        Console.WriteLine($"canvas    {inspection.Canvas.Width}x{inspection.Canvas.Height}{(inspection.IsDynamic ? ", follows the stream's shape" : "")}");
        Console.WriteLine($"classes   {inspection.Labels.Count} ({inspection.LabelSource}): {string.Join(", ", inspection.Labels)}");
        Show("metadata", inspection.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}: {m.Value}"));
        return ExitCode.Success;
    }

    private static void Show(string name, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine($"{name,-9} {line}");
            name = "";
        }
    }
}
