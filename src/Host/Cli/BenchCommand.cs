using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using VisionStream.Host.Bench;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream bench latency|streams|fanout|restream</c>: black-box figures of this machine.</summary>
internal static class BenchCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model", Required = true };
    private static readonly Option<string> Image = new("--image")
    {
        Description = "A picture of something the model finds",
        Required = true,
    };
    private static readonly Option<string?> Via = new("--via")
    {
        Description = "Server to go through (default: a MediaMTX of the bench's own where there is one, else an nginx-rtmp)",
    };
    private static readonly Option<string?> Peer = new("--peer")
    {
        Description = "Command line of another program to measure instead, with {url}, {model} and {port}",
    };
    private static readonly Argument<string[]> Service = new("options")
    {
        Description = "After --: options of serve, such as --inference-threads 1",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<int> Trials = new("--trials")
    {
        Description = "How often the object is shown (default: 60)",
        DefaultValueFactory = _ => 60,
    };
    private static readonly Option<string?> Clip = new("--clip") { Description = "A clip to publish (default: a moving test pattern)" };
    private static readonly Option<int> Most = new("--most")
    {
        Description = "Most streams tried (default: 32)",
        DefaultValueFactory = _ => 32,
    };
    private static readonly Option<int> Subscribers = new("--subscribers")
    {
        Description = "Subscribers (default: 2000)",
        DefaultValueFactory = _ => 2000,
    };
    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long is measured (default: 10)",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How often both sides are measured, in turns (default: 3)",
        DefaultValueFactory = _ => 3,
    };
    private static readonly Option<int> WarmUp = new("--warm-up")
    {
        Description = "Seconds that each side runs before that (default: 12)",
        DefaultValueFactory = _ => 12,
    };
    private static readonly Option<string> From = new("--from") { Required = true };
    private static readonly Option<string> To = new("--to") { Required = true };

    public static Command Create()
    {
        var latency = new Command("latency", "An object appears in a published stream -> the first message that reports it") { Model, Image, Via, Trials, Peer, Service };
        latency.SetAction((parsed, cancel) => LatencyAsync(parsed, cancel));
        var streams = new Command("streams", "How many streams of 720p30 hold 10 detections a second") { Model, Clip, Most };
        streams.SetAction((parsed, cancel) => StreamsAsync(parsed, cancel));
        var fanout = new Command("fanout", "One message to thousands of subscribers") { Subscribers, Seconds };
        fanout.SetAction((parsed, cancel) =>
        {
            var options = FanoutFrom(parsed);
            var server = Itself("bench", "fanout-server", "--subscribers", Text(options.Subscribers), "--seconds", Text((int)options.Duration.TotalSeconds));
            return FanoutBench.RunAsync(options, server, Console.Out, cancel);
        });
        var restream = new Command("restream", "Processor time of the annotated stream beside ffmpeg's, and the delay that it adds") { Clip, Rounds, Seconds, WarmUp };
        restream.SetAction((parsed, cancel) => RestreamAsync(parsed, cancel));
        var pipeline = new Command("restream-pipeline", "The process that bench restream measures") { From, To, Seconds, WarmUp };
        pipeline.Hidden = true;
        pipeline.SetAction((parsed, cancel) =>
            RestreamPipeline.RunAsync(parsed.GetRequiredValue(From), parsed.GetRequiredValue(To), RestreamFrom(parsed), Console.Out, cancel));
        var fanoutServer = new Command("fanout-server", "The server that bench fanout measures") { Subscribers, Seconds };
        fanoutServer.Hidden = true;
        fanoutServer.SetAction((parsed, cancel) => FanoutServer.RunAsync(FanoutFrom(parsed), Console.In, Console.Out, cancel));
        return new Command("bench", "Measure this machine") { latency, streams, fanout, restream, fanoutServer, pipeline };
    }

    private static async Task<int> LatencyAsync(ParseResult parsed, CancellationToken cancel)
    {
        FfmpegLibraries.Load();
        var options = new LatencyOptions
        {
            Model = parsed.GetRequiredValue(Model),
            Image = parsed.GetRequiredValue(Image),
            Via = parsed.GetValue(Via),
            Peer = parsed.GetValue(Peer),
            Trials = Positive(parsed.GetValue(Trials), "--trials"),
            Service = parsed.GetValue(Service) ?? [],
        };
        Console.WriteLine(await LatencyBench.RunAsync(options, Itself(), cancel));
        return ExitCode.Success;
    }

    private static Task<int> StreamsAsync(ParseResult parsed, CancellationToken cancel)
    {
        FfmpegLibraries.Load();
        var options = new StreamsOptions
        {
            Model = parsed.GetRequiredValue(Model),
            Clip = ClipOf(parsed),
            Most = Positive(parsed.GetValue(Most), "--most"),
        };
        return StreamsBench.RunAsync(options, Itself(), Console.Out, cancel);
    }

    private static async Task<int> RestreamAsync(ParseResult parsed, CancellationToken cancel)
    {
        FfmpegLibraries.Load();
        var options = RestreamFrom(parsed) with { Clip = ClipOf(parsed), Rounds = Positive(parsed.GetValue(Rounds), "--rounds") };
        Console.WriteLine(await RestreamBench.RunAsync(
            options,
            (from, to) => Itself(
                "bench", "restream-pipeline", "--from", from, "--to", to,
                "--seconds", Text((int)options.Duration.TotalSeconds), "--warm-up", Text((int)options.WarmUp.TotalSeconds)),
            cancel));
        return ExitCode.Success;
    }

    private static RestreamOptions RestreamFrom(ParseResult parsed) => new()
    {
        Duration = TimeSpan.FromSeconds(Positive(parsed.GetValue(Seconds), "--seconds")),
        WarmUp = TimeSpan.FromSeconds(Positive(parsed.GetValue(WarmUp), "--warm-up")),
    };

    private static string? ClipOf(ParseResult parsed) =>
        parsed.GetValue(Clip) is { } clip && !File.Exists(clip) ? throw new BadInputException($"There is no file '{clip}'.") : parsed.GetValue(Clip);

    private static FanoutOptions FanoutFrom(ParseResult parsed) => new()
    {
        Subscribers = Positive(parsed.GetValue(Subscribers), "--subscribers"),
        Duration = TimeSpan.FromSeconds(Positive(parsed.GetValue(Seconds), "--seconds")),
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static ProcessStartInfo Itself(params string[] arguments) => new(Environment.ProcessPath!, arguments);

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new BadInputException($"{option} takes a number from 1, not {value}.");
}
