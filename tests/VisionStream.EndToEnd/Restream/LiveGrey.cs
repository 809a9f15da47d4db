using VisionStream.Core.Detections;
using VisionStream.Core.Streams;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>A grey stream of 25 frames and 6 results a second in real time, with one object in it, that can go away and come back.</summary>
internal sealed class LiveGrey : IAsyncDisposable
{
    public const int FrameMs = 40;

    public static readonly BoundingBox Box = new(180, 120, 240, 140);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _isAway;
    private int _frames;

    public LiveGrey(double? flashAtSeconds = null)
    {
        _running = RunAsync(flashAtSeconds);
    }

    public GreySource Source { get; } = new();

    /// <summary>Frames put into the ring so far.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>Sound to write along, in time with the frames.</summary>
    public IReadOnlyList<(byte[] Data, double Seconds)> Sound { get; set; } = [];

    public void GoAway()
    {
        _isAway = true;
        Source.Report(StreamState.Reconnecting);
    }

    public void ComeBack()
    {
        Source.Reconnect();
        Source.Report(StreamState.Online);
        _isAway = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Source.Dispose();
    }

    private async Task RunAsync(double? flashAtSeconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(FrameMs));
        try
        {
            for (int i = 0, sound = 0; await timer.WaitForNextTickAsync(_stop.Token); i++)
            {
                if (_isAway)
                {
                    continue;
                }

                var ms = i * FrameMs;
                for (; sound < Sound.Count && Sound[sound].Seconds * 1000 <= ms; sound++)
                {
                    Source.Stream.Audio.Write(Sound[sound].Data, (long)(Sound[sound].Seconds * 1e6), 21_333);
                }

                Source.Publish(ms, luma: ms >= flashAtSeconds * 1000 ? (byte)220 : (byte)110);
                if (i % 4 == 0)
                {
                    Source.Detect(ms, Box);
                }

                Interlocked.Increment(ref _frames);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
