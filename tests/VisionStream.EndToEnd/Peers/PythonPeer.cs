namespace VisionStream.EndToEnd.Peers;

/// <summary>A peer that is a script of this folder, run by the distribution's Python. It says "ready", and then a line for whatever happens.</summary>
internal sealed class PythonPeer : IAsyncDisposable
{
    // Not the python3 of PATH: the distribution's packages belong to the distribution's interpreter.
    private const string Python = "/usr/bin/python3";

    private readonly string _name;
    private readonly PeerProcess _process;

    private PythonPeer(string name, PeerProcess process)
    {
        _name = name;
        _process = process;
    }

    /// <summary>Ends the test when the script cannot run here.</summary>
    /// <param name="name">The peer's name, for its log and for messages.</param>
    /// <param name="probe">A Python program that ends with 0 when all that the script needs is there.</param>
    /// <param name="packages">The Debian packages that bring it.</param>
    public static async Task RequireAsync(string name, string probe, string packages)
    {
        Peer.Require(File.Exists(Python), $"{Python} is not installed; ./test brings it, or: apt install {packages}");
        await using var process = PeerProcess.Start($"{name}-probe", Python, ["-c", probe]);
        Peer.Require(await process.WaitForExitAsync() == 0, $"{name} is not complete; ./test brings it, or: apt install {packages}");
    }

    /// <summary>Starts a script and waits until it is ready.</summary>
    public static async Task<PythonPeer> StartAsync(string name, string script, IEnumerable<string> arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "VisionStream.EndToEnd", "Peers", script);
        var peer = new PythonPeer(name, PeerProcess.Start(name, Python, [path, .. arguments]));
        try
        {
            await peer._process.WaitForOutputAsync(line => line == "ready");
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has said a line so many times since its start.</summary>
    public Task SaidAsync(string line, int times = 1) => Until.TrueAsync(() => Times(line) >= times, $"{_name} to say '{line}' ({times} times)");

    /// <summary>How often it has said a line since its start.</summary>
    public int Times(string line) => _process.Output.Lines().Count(said => said == line);

    public void Send(UnixSignal signal) => _process.Send(signal);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
