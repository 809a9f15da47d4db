using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VisionStream.Host.Doctor;

/// <summary>Checks of the machine itself: system, processor, memory, ports.</summary>
internal static class MachineChecks
{
    // One 720p stream needs up to 150 MB, and the runtime wants room to move.
    private const long LeastMemory = 400L << 20;

    public static Finding System() =>
        new("system", FindingGrade.Good, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}");

    public static Finding Processor()
    {
        var vectors = Vector512.IsHardwareAccelerated ? "512-bit" : Vector256.IsHardwareAccelerated ? "256-bit" : Vector128.IsHardwareAccelerated ? "128-bit" : "no";
        // VNNI multiplies bytes, which is what makes int8 models fast.
        var vnni = AvxVnni.IsSupported ? ", VNNI" : "";
        var found = $"{Environment.ProcessorCount} cores, {vectors} vectors{vnni}";
        return vectors == "no"
            ? new Finding("processor", FindingGrade.Note, found, "Without vector instructions the kernels run their scalar twins, several times slower.")
            : new Finding("processor", FindingGrade.Good, found);
    }

    public static Finding Memory()
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var found = $"{available >> 20} MB available to the process";
        return available < LeastMemory
            ? new Finding("memory", FindingGrade.Note, found, "One 720p stream needs about 150 MB besides the model; give the process more.")
            : new Finding("memory", FindingGrade.Good, found);
    }

    /// <summary>Whether the service could listen where it is told to.</summary>
    public static Finding Listening(IPEndPoint endpoint)
    {
        try
        {
            using var listener = new TcpListener(endpoint);
            listener.Start();
            return new Finding("listen", FindingGrade.Good, $"{endpoint} is free");
        }
        catch (SocketException e)
        {
            return new Finding("listen", FindingGrade.Bad, $"{endpoint}: {e.Message}", "Stop what listens there (a VisionStream that runs already?) or choose another with --listen.");
        }
    }

    /// <summary>Whether something answers where MediaMTX's protocols usually are.</summary>
    public static async Task<Finding> MediaMtxAsync(CancellationToken cancel)
    {
        // MediaMTX's default ports: RTSP, RTMP, control API.
        var open = new List<string>();
        foreach (var (port, name) in new[] { (8554, "RTSP"), (1935, "RTMP"), (9997, "API") })
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancel);
                open.Add($"{name} {port}");
            }
            catch (SocketException)
            {
                // Nothing listens there: that is the finding.
            }
        }

        return open.Count == 0
            ? new Finding("MediaMTX", FindingGrade.Note, "nothing answers on 127.0.0.1 at 8554, 1935 or 9997",
                "Not needed for rtmp://127.0.0.1:1935/live/NAME?listen=1, where VisionStream takes the publisher itself.")
            : new Finding("MediaMTX", FindingGrade.Good, $"something answers on 127.0.0.1 at {string.Join(", ", open)}");
    }
}
