using Microsoft.Extensions.Logging;
using VisionStream.Core.Audio;
using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Sound;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread; <see cref="Sent"/> may be read from any. Takes the sound of a stream along with its pictures, as it is or coded
/// anew, each packet at the place on the output's time line that its own time has beside the pictures.
/// </summary>
internal sealed class SoundPump(LiveStream stream, AnnotationOptions options, ILogger logger) : IDisposable
{
    // A file gives its sound up to a second before the pictures of the same time. What is ahead by more than the usual difference of
    // their ways (decoding a picture, a few packets of sound) waits, so that viewers get both together.
    private const long LargestLead = OutputTimeline.Rate / 10;

    private static readonly Rational CopiedTimeBase = new(1, OutputTimeline.Rate);

    private readonly byte[] _buffer = new byte[AudioRing.MaxPacketSize];
    private readonly Packet _packet = new();
    private Demuxer? _header;
    private SoundCoder? _coder;
    private AudioFormat? _announced;
    private AudioFormat? _complainedOf;
    private AudioPacket _waiting;
    private long _last;
    private long _sent;

    /// <summary>Packets that went out.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Gets ready for another visit to the target.</summary>
    /// <returns>The track to announce; <see langword="null"/> when the source has no sound, or none that can be sent.</returns>
    public TargetTrack? Begin()
    {
        End();

        // What was there before the target is not for it.
        (_last, _waiting) = (stream.Audio.NewestId, default);
        if (stream.Audio.Format is not { } format)
        {
            return null;
        }

        try
        {
            return Open(format);
        }
        catch (LibAvException e)
        {
            Complain(format, () => Log.SoundFailed(logger, stream.Name.Value, e.Message));
            End();
            return null;
        }
    }

    /// <summary>Sends what has come since the last call.</summary>
    /// <exception cref="LibAvException">The target failed.</exception>
    public void Send(TargetSession target, OutputTimeline timeline)
    {
        while (_waiting.Size > 0 || stream.Audio.TryReadNext(_last, _buffer, out _waiting))
        {
            _last = _waiting.Id;
            var timing = timeline.MapSound(_waiting.Format.Session, _waiting.PtsMicroseconds, out var pts);

            // Further ahead than pictures ever are: its time is of a clock that has jumped since, or the pictures have yet to jump.
            var isStray = pts > timeline.Last + OutputTimeline.LargestLead;
            if (timing == SoundTiming.TooEarly || (timing == SoundTiming.Known && pts > timeline.Last + LargestLead && !isStray))
            {
                return;
            }

            if (timing == SoundTiming.Known && !isStray)
            {
                Send(target, pts);
            }

            _waiting = default;
        }
    }

    /// <summary>Frees coder and buffers.</summary>
    public void Dispose()
    {
        End();
        _packet.Dispose();
    }

    private TargetTrack? Open(AudioFormat format)
    {
        _announced = format;
        if (options.Audio != AudioMode.Copy)
        {
            _coder = new SoundCoder(options.Audio == AudioMode.Opus ? "opus" : "aac", format.Channels);
            return new TargetTrack(_coder.Parameters, _coder.TimeBase);
        }

        if (!options.Target.Takes(format.Codec))
        {
            Complain(format, () => Log.SoundNotTaken(logger, stream.Name.Value, format.Codec, options.Target.Redacted));
            return null;
        }

        _header = SoundHeader.Open(format);
        return new TargetTrack(_header.Audio!.Parameters, CopiedTimeBase);
    }

    private void Send(TargetSession target, long pts)
    {
        _packet.SetData(_buffer.AsSpan(0, _waiting.Size));
        if (_coder is not null)
        {
            _packet.Pts = _packet.Dts = CopiedTimeBase.Rescale(pts, Rational.Milliseconds);
            Recode(target);
        }
        else if (IsAsAnnounced(_waiting.Format))
        {
            _packet.Pts = _packet.Dts = pts;
            _packet.Duration = Rational.Microseconds.Rescale(_waiting.DurationMicroseconds, CopiedTimeBase);
            target.SendSound(_packet);
            Interlocked.Increment(ref _sent);
        }
        else
        {
            Complain(_waiting.Format, () => Log.SoundFailed(
                logger, stream.Name.Value, "the source's sound is coded differently since it came back; it is taken up again when the target is reached anew."));
        }
    }

    private void Recode(TargetSession target)
    {
        LibAvException? ofTarget = null;
        try
        {
            _coder!.Process(_waiting.Format, _packet, coded =>
            {
                try
                {
                    target.SendSound(coded);
                    Interlocked.Increment(ref _sent);
                }
                catch (LibAvException e)
                {
                    ofTarget = e;
                    throw;
                }
            });
        }
        catch (LibAvException e) when (ofTarget is null)
        {
            // Sound that cannot be decoded costs the sound, not the picture.
            Complain(_waiting.Format, () => Log.SoundFailed(logger, stream.Name.Value, e.Message));
        }
    }

    private bool IsAsAnnounced(AudioFormat format) => ReferenceEquals(format, _announced)
        || (format.Codec == _announced!.Codec
            && format.SampleRate == _announced.SampleRate
            && format.Channels == _announced.Channels
            && format.CodecData.Span.SequenceEqual(_announced.CodecData.Span));

    /// <summary>Once for each format.</summary>
    private void Complain(AudioFormat format, Action log)
    {
        if (!ReferenceEquals(format, _complainedOf))
        {
            _complainedOf = format;
            log();
        }
    }

    private void End()
    {
        _coder?.Dispose();
        _header?.Dispose();
        (_coder, _header) = (null, null);
    }
}
