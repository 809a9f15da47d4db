using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VisionStream.Broadcaster.Client;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Cli;

/// <summary><c>visionstream watch URL</c>: subscribes and prints; connects again for ever.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Url = new("url")
    {
        Description = "For example ws://127.0.0.1:8765/ws",
        DefaultValueFactory = _ => "ws://127.0.0.1:8765/ws",
    };

    private static readonly Option<string?> Streams = new("--streams") { Description = "Stream names with commas (default: all)" };
    private static readonly Option<string?> Classes = new("--classes") { Description = "Class names with commas (default: all)" };
    private static readonly Option<string?> Token = new("--token") { Description = "Key or token (default: the variable VISIONSTREAM_TOKEN)" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print messages as they come, a line each" };
    private static readonly Option<int?> Count = new("--count") { Description = "Stop after so many detection messages" };

    public static Command Create()
    {
        var command = new Command("watch", "Subscribe to a service and print what it sends") { Url, Streams, Classes, Token, Json, Count };
        command.SetAction((parsed, cancel) => RunAsync(parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var count = parsed.GetValue(Count) ?? int.MaxValue;
        if (count < 1)
        {
            throw new BadInputException("--count takes a number from 1.");
        }

        var address = Address(parsed.GetRequiredValue(Url), parsed.GetValue(Streams), parsed.GetValue(Classes));
        var token = parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("VISIONSTREAM_TOKEN");
        var client = new DetectionClient(address, token, TimeProvider.System);
        client.Lost += (reason, wait) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reason} Trying again in {wait.TotalSeconds:0.0} s."));
        try
        {
            await foreach (var message in client.ReadAsync(cancel))
            {
                using var json = JsonDocument.Parse(message);
                Console.WriteLine(parsed.GetValue(Json) ? Encoding.UTF8.GetString(message.Span) : Describe(json.RootElement));
                if (json.RootElement.GetProperty("type").ValueEquals("detections"u8) && --count == 0)
                {
                    return ExitCode.Success;
                }
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FormatException)
        {
            throw new BadInputException(e.Message);
        }

        return ExitCode.Success;
    }

    private static Uri Address(string url, string? streams, string? classes)
    {
        var text = url.Replace("http://", "ws://", StringComparison.OrdinalIgnoreCase).Replace("https://", "wss://", StringComparison.OrdinalIgnoreCase);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("ws" or "wss"))
        {
            throw new BadInputException($"'{url}' is not a WebSocket address such as ws://127.0.0.1:8765/ws.");
        }

        var query = new List<string>();
        if (streams is not null)
        {
            query.Add("streams=" + Uri.EscapeDataString(streams));
        }

        if (classes is not null)
        {
            query.Add("classes=" + Uri.EscapeDataString(classes));
        }

        return query.Count == 0 ? address : new UriBuilder(address) { Query = string.Join('&', query.Prepend(address.Query.TrimStart('?')).Where(q => q.Length > 0)) }.Uri;
    }

    private static string Describe(JsonElement message) => message.GetProperty("type").GetString() switch
    {
        "detections" => string.Create(CultureInfo.InvariantCulture,
            $"{message.GetProperty("stream").GetString()} #{message.GetProperty("seq").GetInt64()} {message.GetProperty("latency_ms").GetProperty("total").GetDouble():0} ms: ") + Objects(message),
        "status" => $"{message.GetProperty("stream").GetString()} is {message.GetProperty("state").GetString()}: {message.GetProperty("reason").GetString()}",
        "hello" => $"Connected; streams: {string.Join(", ", message.GetProperty("streams").EnumerateArray().Select(s => $"{s.GetProperty("stream").GetString()} ({s.GetProperty("state").GetString()})").DefaultIfEmpty("none"))}",
        _ => message.GetRawText(),
    };

    private static string Objects(JsonElement message)
    {
        var objects = message.GetProperty("detections").EnumerateArray().Select(d => string.Create(CultureInfo.InvariantCulture,
            $"{d.GetProperty("label").GetString()} {d.GetProperty("confidence").GetDouble():0.00} at {Px(d, "x")},{Px(d, "y")} {Px(d, "w")}x{Px(d, "h")}"));
        return string.Join("; ", objects.DefaultIfEmpty("nothing"));
    }

    private static string Px(JsonElement detection, string side) =>
        detection.GetProperty("box_px").GetProperty(side).GetDouble().ToString("0", CultureInfo.InvariantCulture);
}
