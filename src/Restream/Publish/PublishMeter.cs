namespace VisionStream.Restream.Publish;

/// <summary>For one thread. Turns counts into rates and tells them twice a second.</summary>
internal sealed class PublishMeter(IProgress<PublishProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private long _lastAt = time.GetTimestamp();
    private long _lastFrames;
    private long _lastBytes;
    private long _framesBefore;
    private long _bytesBefore;

    /// <summary>How much was published in the sessions before this one.</summary>
    public TimeSpan Before { get; private set; }

    /// <summary>How often something had to be opened again.</summary>
    public int Reconnects { get; set; }

    /// <summary>Tells how it stands, if it is time.</summary>
    public void Tick(PublishSession session)
    {
        if (progress is not null && time.GetElapsedTime(_lastAt) >= Interval)
        {
            Report(session.Position, session.Frames, session.Bytes, "");
        }
    }

    /// <summary>Enters the end of a session.</summary>
    public void Close(PublishSession session)
    {
        Report(session.Position, session.Frames, session.Bytes, "");
        Before += session.Position;
        _framesBefore += session.Frames;
        _bytesBefore += session.Bytes;
    }

    /// <summary>Tells what has just happened.</summary>
    public void Notice(string notice) => Report(TimeSpan.Zero, 0, 0, notice);

    private void Report(TimeSpan position, long sessionFrames, long sessionBytes, string notice)
    {
        var (frames, bytes) = (_framesBefore + sessionFrames, _bytesBefore + sessionBytes);
        var seconds = Math.Max(time.GetElapsedTime(_lastAt).TotalSeconds, 1e-3);
        progress?.Report(new PublishProgress(
            Before + position,
            frames,
            Math.Max(0, frames - _lastFrames) / seconds,
            Math.Max(0, bytes - _lastBytes) * 8 / seconds,
            Reconnects,
            notice));
        (_lastAt, _lastFrames, _lastBytes) = (time.GetTimestamp(), frames, bytes);
    }
}
