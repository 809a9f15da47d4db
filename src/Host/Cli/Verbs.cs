using System.CommandLine;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Cli;

/// <summary>The verbs of <c>visionstream</c>, and the one place where an exception becomes a sentence and an exit code.</summary>
internal static class Verbs
{
    /// <summary>Runs what the arguments say.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Live detections from RTSP and RTMP streams: YOLO ten times a second, results over WebSocket.")
        {
            ServeCommand.Create(),
            DetectCommand.Create(),
            WatchCommand.Create(),
            PublishCommand.Create(),
            PublishCommand.CreateSimulate(),
            RelayCommand.Create(),
            ModelsCommand.Create(),
            DoctorCommand.Create(),
            BenchCommand.Create(),
        };
        DemoCommand.AddTo(root);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,

            // After Ctrl-C or SIGTERM: an inference under way may take a second on a busy machine; the host itself gives up after 5 s.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(8),
        };
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                throw new BadInputException([.. parsed.Errors.Select(e => e.Message), "See visionstream --help."]);
            }

            return await parsed.InvokeAsync(invocation);
        }
        catch (BadInputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success;
        }
    }
}
