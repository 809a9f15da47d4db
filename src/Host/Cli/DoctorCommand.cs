using System.CommandLine;
using Spectre.Console;
using VisionStream.Detector.Runtime;
using VisionStream.Host.Configuration;
using VisionStream.Host.Doctor;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream doctor</c>: what was found on this machine, and what to do about what is missing.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string?> Model = new("--model") { Description = "A model to try" };
    private static readonly Option<string?> Listen = new("--listen") { Description = "Where the service would listen (default: 127.0.0.1:8765)" };

    public static Command Create()
    {
        var command = new Command("doctor", "Say what is on this machine and what to do about what is missing") { Model, Listen };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(Model), parsed.GetValue(Listen), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? model, string? listen, CancellationToken cancel)
    {
        var options = ServeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new("listen", listen), new("insecure", "true")]).Build());
        List<Finding> findings =
        [
            MachineChecks.System(),
            MachineChecks.Processor(),
            MachineChecks.Memory(),
            MediaLibraries.TryLoad(out var media, all: true)
                ? new Finding("FFmpeg", FindingGrade.Good, media)
                : new Finding("FFmpeg", FindingGrade.Bad, media, "Run ./run once as a user who may install packages."),
            InferenceRuntime.TryLoad(out var runtime)
                ? new Finding("inference", FindingGrade.Good, runtime)
                : new Finding("inference", FindingGrade.Bad, runtime, "Run ./run once with access to an npm registry."),
            CheckModel(model),
            MachineChecks.Listening(options.Listen),
            await MachineChecks.MediaMtxAsync(cancel),
        ];
        Print(findings);
        return findings.Exists(f => f.Grade == FindingGrade.Bad) ? ExitCode.Failure : ExitCode.Success;
    }

    private static Finding CheckModel(string? path)
    {
        if (path is null)
        {
            return new Finding("model", FindingGrade.Note, "none given", "Try one with --model FILE.onnx.");
        }

        try
        {
            using var lease = new ModelShelf(new(), TimeProvider.System).Take(path, labels: null);
            var model = lease.Detectors.Model;
            var (width, height) = model.CanvasFor(1280, 720);
            return new Finding("model", FindingGrade.Good, $"{path}: {model.Layout} layout, {model.Labels.Count} classes, {width}x{height} for a 720p stream");
        }
        catch (BadInputException e)
        {
            return new Finding("model", FindingGrade.Bad, e.Message, "visionstream models inspect FILE says more.");
        }
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var subject = findings.Max(f => f.Subject.Length);
        foreach (var finding in findings)
        {
            var (mark, color) = finding.Grade switch { FindingGrade.Good => ("ok  ", "green"), FindingGrade.Note => ("note", "yellow"), _ => ("bad ", "red") };
            if (Console.IsOutputRedirected)
            {
                Console.Write(mark);
            }
            else
            {
                AnsiConsole.Markup($"[{color}]{mark}[/]");
            }

            // Plainly written: Spectre would break long lines, and what is found may hold brackets.
            Console.WriteLine($"  {finding.Subject.PadRight(subject)}  {finding.Found}");
            if (finding.Advice.Length > 0)
            {
                Console.WriteLine($"{new string(' ', subject + 8)}-> {finding.Advice}");
            }
        }
    }
}
