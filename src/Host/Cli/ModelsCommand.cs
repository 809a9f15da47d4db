using System.CommandLine;
using System.Text.Json;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream models inspect FILE</c>: what a model takes, gives and knows.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Path = new("file") { Description = "An ONNX file" };
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
        return new Command("models", "Look at models") { inspect };
    }

    private static int Inspect(string path, bool json)
    {
        ModelInspection inspection;
        try
        {
            using var model = DetectorModel.Load(path);
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
