using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// A process with all its descendants, which setsid put in a group named by its id. Thread-safe.
/// Groups that are still running when the test runner exits are killed then.
/// </summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private static readonly ConcurrentDictionary<int, ProcessGroup> Running = new();

    private readonly int _id;

    static ProcessGroup() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var group in Running.Values)
        {
            group.Dispose();
        }
    };

    public ProcessGroup(int id)
    {
        _id = id;
        Running[id] = this;
    }

    /// <summary>Sends a signal to every process of the group; none being left is fine.</summary>
    public void Send(UnixSignal signal)
    {
        const int noSuchProcess = 3; // ESRCH
        if (Kill(-_id, (int)signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != noSuchProcess)
        {
            throw new InvalidOperationException($"kill -{(int)signal} of process group {_id}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    public void Dispose()
    {
        if (Running.TryRemove(_id, out _))
        {
            Send(UnixSignal.Kill);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
