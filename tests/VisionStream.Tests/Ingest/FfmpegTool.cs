using System.Diagnostics;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest;

/// <summary>Makes media files with the ffmpeg program, in a folder that goes with the object.</summary>
internal sealed class FfmpegTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visionstream");

    public FfmpegTool() => Prerequisite.Require(Prerequisite.OnPath("ffmpeg"), "the program ffmpeg");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs ffmpeg with these arguments and the output's path behind them.</summary>
    public async Task<string> Make(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        string[] all = ["-nostdin", "-v", "error", "-y", .. arguments, PathOf(name)];
        Array.ForEach(all, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"ffmpeg {string.Join(' ', all)}: {errors}");
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
