using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>ffmpeg sending a clip or a test picture, in real time, to an RTMP or RTSP server.</summary>
public sealed class FfmpegPublisher : IAsyncDisposable
{
    private const string FrameCount = "frame=";

    private readonly PeerProcess _process;

    private FfmpegPublisher(PeerProcess process) => _process = process;

    /// <summary>Frames sent so far, as ffmpeg last reported (twice a second).</summary>
    public int FramesSent => _process.Output.Lines().LastOrDefault(IsFrameCount) is { } line ? Frames(line) : 0;

    /// <summary>Starts to publish and waits until the server has taken the first frames.</summary>
    public static async Task<FfmpegPublisher> StartAsync(string url, FfmpegPublisherOptions? options = null)
    {
        var publisher = Launch(url, options);
        try
        {
            await publisher._process.WaitForOutputAsync(line => IsFrameCount(line) && Frames(line) > 0);
            return publisher;
        }
        catch
        {
            await publisher.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts ffmpeg without waiting, for a server that is expected to keep it waiting or to refuse it.</summary>
    public static FfmpegPublisher Launch(string url, FfmpegPublisherOptions? options = null)
    {
        var program = Peer.RequireProgram("ffmpeg", "ffmpeg");
        return new FfmpegPublisher(PeerProcess.Start("publisher", program, (options ?? new FfmpegPublisherOptions()).Arguments(url)));
    }

    /// <summary>Waits for ffmpeg to end by itself: at the end of a clip that does not loop, or refused.</summary>
    public Task<int> WaitForExitAsync(TimeSpan? limit = null) => _process.WaitForExitAsync(limit);

    /// <summary>Ends the publishing as Ctrl-C does: ffmpeg takes its leave from the server.</summary>
    public async Task StopAsync()
    {
        _process.Send(UnixSignal.Interrupt);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the process at once: the server sees a connection that breaks.</summary>
    public async Task KillAsync()
    {
        _process.Send(UnixSignal.Kill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Freezes the publisher: its connection stays open and nothing more comes. Resume ends it.</summary>
    public void Pause() => _process.Send(UnixSignal.Pause);

    public void Resume() => _process.Send(UnixSignal.Continue);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static bool IsFrameCount(string line) => line.StartsWith(FrameCount, StringComparison.Ordinal);

    private static int Frames(string line) => int.Parse(line.AsSpan(FrameCount.Length), CultureInfo.InvariantCulture);
}
