using VisionStream.EndToEnd.Peers;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>VLC without a screen, as a user who is not root, which keeps one in ten of the pictures that it shows.</summary>
internal sealed class VlcViewer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly DirectoryInfo _folder;

    private VlcViewer(PeerProcess process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts watching.</summary>
    public static VlcViewer Start(string url)
    {
        var program = Peer.RequireProgram("cvlc", "vlc-bin vlc-plugin-base");
        var folder = Directory.CreateTempSubdirectory("visionstream-vlc-");
        List<string> arguments =
        [
            program, "--no-audio", "--vout=dummy", "--video-filter=scene", "--scene-format=jpg", "--scene-ratio=10",
            $"--scene-path={folder.FullName}", "--scene-prefix=seen", "--network-caching=300", "--no-video-title-show", url,
        ];
        if (!OperatingSystem.IsWindows() && Environment.UserName == "root")
        {
            // VLC refuses to run as root.
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            arguments.InsertRange(0, [Peer.RequireProgram("runuser", "util-linux"), "-u", "nobody", "--"]);
        }

        var environment = new Dictionary<string, string?> { ["HOME"] = folder.FullName };
        return new VlcViewer(PeerProcess.Start("vlc", arguments[0], arguments.Skip(1), environment), folder);
    }

    /// <summary>Waits until VLC shows a picture of a certain brightness after those it has shown when called.</summary>
    /// <param name="from">The least mean luma.</param>
    /// <param name="to">The greatest.</param>
    public Task SeesAsync(double from, double to)
    {
        var known = Pictures().ToHashSet();
        return Until.TrueAsync(
            () => Pictures().Where(p => !known.Contains(p)).Any(p => TryLuma(p) is { } luma && luma >= from && luma <= to),
            $"VLC to show a picture of brightness {from} to {to}\n{_process.Tail()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static double? TryLuma(string path)
    {
        try
        {
            return RecordedPicture.ReadAll(path).FirstOrDefault()?.MeanLuma();
        }
        catch (VisionStream.LibAv.LibAvException)
        {
            // Still being written.
            return null;
        }
    }

    private string[] Pictures() => Directory.GetFiles(_folder.FullName, "seen*.jpg");
}
