using System.Net.Http.Json;
using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>`visionstream serve` on a free port, and what a user asks of it. For one test.</summary>
internal sealed class Service : IAsyncDisposable
{
    /// <summary>Runs in 16 ms on two cores: what these tests need is the way of the frames, not the best model.</summary>
    public const string LightModel = "yolox-nano-416-fp32.onnx";

    private static readonly HttpClient Http = new();
    private readonly ServiceProcess _process;

    private Service(ServiceProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public ServiceProcess Process => _process;

    /// <summary>Starts it and waits until it listens and its models are loaded.</summary>
    public static Task<Service> StartAsync(params string[] arguments) => StartOnAsync(FreePort.Next(), arguments);

    /// <summary>Starts it on a port that others have been told already.</summary>
    public static async Task<Service> StartOnAsync(int port, params string[] arguments)
    {
        // What a developer's own service keeps is none of a test's business.
        string[] state = arguments.Contains("--state-file") ? [] : ["--state-file", ""];
        var process = ServiceProcess.Start(["serve", "--listen", $"127.0.0.1:{port}", .. state, .. arguments]);
        var service = new Service(process, port);
        await process.WaitForOutputAsync(line => line.Contains("Detections at ws://", StringComparison.Ordinal));
        return service;
    }

    /// <summary>Starts it with one stream and the light model.</summary>
    public static Task<Service> WatchAsync(string name, string url, params string[] more) =>
        StartAsync(["--stream", $"{name}={url}", "--model", SharedFiles.Model(LightModel), .. more]);

    /// <summary>What GET /v1/streams/NAME tells.</summary>
    public async Task<JsonElement> FactsAsync(string name) =>
        JsonDocument.Parse(await Http.GetStringAsync($"http://127.0.0.1:{Port}/v1/streams/{name}")).RootElement;

    /// <summary>The body of any route.</summary>
    public Task<string> GetAsync(string path) => Http.GetStringAsync($"http://127.0.0.1:{Port}{path}");

    /// <summary>Sends a request with a JSON body.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{Port}{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    public Task<int> StopAsync(UnixSignal signal = UnixSignal.Terminate) => _process.StopAsync(signal);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
