using Microsoft.Extensions.Logging;
using VisionStream.LibAv;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Sources;

/// <summary>
/// For one thread. Packets of a source in real time: one that gives as fast as it is read is held back to its own times, and one that
/// may start again does so, on a time line that goes on. So it does when the source's clock goes back.
/// </summary>
internal sealed class SourceReader : IDisposable
{
    private readonly MediaSource _source;
    private readonly bool _loop;
    private readonly TimeProvider _time;
    private readonly WakeSignal _signal;
    private readonly ILogger _logger;
    private readonly CancellationToken _cancellationToken;
    private readonly SourceClock _clock;
    private readonly long _startedAt;
    private TimeSpan? _first;
    private TimeSpan _pass;
    private TimeSpan _end;
    private TimeSpan _leading;

    private SourceReader(
        Demuxer demuxer,
        MediaSource source,
        bool loop,
        TimeProvider time,
        WakeSignal signal,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        (Demuxer, _source, _loop, _time, _signal, _logger, _cancellationToken) = (demuxer, source, loop, time, signal, logger, cancellationToken);
        _clock = new SourceClock(time);
        _startedAt = time.GetTimestamp();
    }

    /// <summary>The opened source.</summary>
    public Demuxer Demuxer { get; }

    /// <summary>
    /// What is added to the own times of the packet read last, and of its stream's until this changes, so that the source starts at zero
    /// and goes on when it starts again.
    /// </summary>
    public TimeSpan Shift { get; private set; }

    /// <summary>Where the last packet lies on that time line.</summary>
    public TimeSpan Position { get; private set; }

    /// <summary>Whether the last read began a source again, so that decoders have to forget what they know.</summary>
    public bool HasRewound { get; private set; }

    /// <summary>Opens a source.</summary>
    /// <param name="source">Which.</param>
    /// <param name="loop">Whether it starts again at its end.</param>
    /// <param name="time">The clock that is kept to.</param>
    /// <param name="signal">Ends a wait early; the token's cancellation has to set it.</param>
    /// <param name="logger">Hears of wishes that are refused and of a clock that goes back.</param>
    /// <param name="cancellationToken">Ends opening and reading.</param>
    /// <exception cref="LibAvException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SourceReader Open(
        MediaSource source, bool loop, TimeProvider time, WakeSignal signal, ILogger logger, CancellationToken cancellationToken)
    {
        return new SourceReader(Open(source, logger, cancellationToken), source, loop, time, signal, logger, cancellationToken);
    }

    /// <summary>Reads the next packet and waits until it is due. False at the end.</summary>
    /// <exception cref="LibAvException">The source broke off, or gave nothing for too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryRead(Packet packet)
    {
        HasRewound = false;
        while (true)
        {
            switch (Demuxer.Read(packet))
            {
                case ReadResult.Packet:
                    Place(packet);
                    return true;
                case ReadResult.EndOfStream when _loop && _end > _pass:
                    Demuxer.SeekToStart();
                    (_pass, HasRewound) = (_end, true);
                    _clock.Begin(_pass - _first!.Value);
                    break;
                case ReadResult.EndOfStream:
                    return false;
                case ReadResult.TimedOut:
                    throw _source.Silence();
                case ReadResult.Again:
                    // A device without data yet says so at once; a frame of 60 a second is worth waiting for.
                    _signal.Pause(TimeSpan.FromMilliseconds(5), _time, _cancellationToken);
                    break;
            }

            _cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Closes the source.</summary>
    public void Dispose() => Demuxer.Dispose();

    private static Demuxer Open(MediaSource source, ILogger logger, CancellationToken cancellationToken)
    {
        if (source.Wishes.Values.Count == 0)
        {
            return source.Open(cancellationToken);
        }

        try
        {
            return (source with { Options = source.Options.With(source.Wishes) }).Open(cancellationToken);
        }
        catch (LibAvException e)
        {
            // Where it cannot be opened without them either, that error is the one to tell.
            var demuxer = source.Open(cancellationToken);
            Log.WishesRefused(logger, source.Redacted, string.Join(' ', source.Wishes.Values.Select(w => $"{w.Key}={w.Value}")), e.Message);
            return demuxer;
        }
    }

    /// <summary>
    /// Keeps where the source would go on: one usual distance after the last packet of its leading stream. The packets' own durations
    /// are guesses of the container, and other streams may be longer.
    /// </summary>
    private void FollowEnd(int stream)
    {
        if (stream != (Demuxer.Video ?? Demuxer.Audio)?.Index)
        {
            return;
        }

        var distance = Position - _leading;
        _end = Position + (distance > TimeSpan.Zero ? distance : TimeSpan.Zero);
        _leading = Position;
    }

    private void Place(Packet packet)
    {
        var time = packet.Dts == Packet.NoPts ? packet.Pts : packet.Dts;
        if (time == Packet.NoPts)
        {
            return;
        }

        var timeBase = Demuxer.Streams[packet.StreamIndex].TimeBase;
        var own = TimeSpan.FromMicroseconds(timeBase.Rescale(time, Rational.Microseconds));
        if (_first is null)
        {
            _first = own;
            _clock.Begin(-own);
        }

        Shift = _clock.OffsetAt(packet.StreamIndex, own);
        Position = own + Shift;
        if (_clock.StepBack > TimeSpan.Zero)
        {
            Log.ClockWentBack(_logger, _source.Redacted, _clock.StepBack.TotalSeconds);
        }

        FollowEnd(packet.StreamIndex);
        if (_source.IsPaced)
        {
            _signal.Pause(Position - _time.GetElapsedTime(_startedAt), _time, _cancellationToken);
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
