using System.Diagnostics;
using System.Globalization;

namespace VisionStream.Tests.LibAv;

/// <summary>A real RTSP server (GStreamer's) in a process of its own, with a generated stream at /live.</summary>
internal sealed class RtspServer : IDisposable
{
    // The distribution's own Python: its GObject bindings are for no other one on PATH.
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private RtspServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts the server; the test is skipped where GStreamer's is not installed.</summary>
    public static RtspServer Start()
    {
        Prerequisite.Require(File.Exists(Python), Python);
        var script = Path.Combine(Clips.RepositoryRoot, "tests", "VisionStream.Tests", "LibAv", "rtsp-server.py");
        var process = Process.Start(new ProcessStartInfo(Python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = process.StandardOutput.ReadLine();
        if (line is null)
        {
            process.Dispose();
        }

        Prerequisite.Require(line is not null, "GStreamer's RTSP server (gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-ugly)");
        return new RtspServer(process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
