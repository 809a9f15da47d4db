using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>`visionstream` without a verb, on a free port and unless told otherwise without looking for a MediaMTX. For one test.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private DemoProcess(ServiceProcess process, int port) => (Process, Port) = (process, port);

    public ServiceProcess Process { get; }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}/";

    /// <summary>Starts it and waits until it says where its page is.</summary>
    public static async Task<DemoProcess> StartAsync(int? port = null, string mediaMtx = "none")
    {
        var chosen = port ?? FreePort.Next();
        var process = ServiceProcess.Start(["--listen", $"127.0.0.1:{chosen}", "--mediamtx", mediaMtx], new Dictionary<string, string?>
        {
            // Recordings go with the run's artefacts, not with the developer's own.
            ["XDG_STATE_HOME"] = Path.Combine(Repository.ArtifactsOfThisTest(), "state"),
        });
        await process.WaitForOutputAsync(line => line.Contains("The demo is at http://", StringComparison.Ordinal));
        return new DemoProcess(process, chosen);
    }

    /// <summary>What GET of a path answers.</summary>
    public async Task<JsonElement> GetAsync(string path) =>
        JsonDocument.Parse(await Http.GetStringAsync($"{Address}{path}")).RootElement;

    /// <summary>What it tells of its stream.</summary>
    public Task<JsonElement> FactsAsync() => GetAsync("v1/streams/demo%2Fscene");

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
