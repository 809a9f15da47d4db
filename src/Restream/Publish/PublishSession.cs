using Microsoft.Extensions.Logging;
using VisionStream.LibAv;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Publish;

/// <summary>
/// One opening of source and target, from the first packet to the end of either. One thread runs it; sound of a source of its own has
/// a second one.
/// </summary>
internal sealed class PublishSession : IDisposable
{
    private const int Pictures = 0;
    private const int Sound = 1;

    private readonly PublishOptions _options;
    private readonly SourceReader _source;
    private readonly SourceReader? _soundSource;
    private readonly PictureTrack _pictures;
    private readonly SoundTrack? _sound;
    private readonly TargetWriter _writer;
    private readonly WakeSignal[] _signals;
    private readonly CancellationTokenRegistration _wake;
    private readonly CancellationTokenSource _stopSound;
    private readonly TimeSpan _lead;
    private LibAvException? _soundFailure;
    private int _nextStep;

    private PublishSession(
        PublishOptions options,
        SourceReader source,
        SourceReader? soundSource,
        PictureTrack pictures,
        SoundTrack? sound,
        TargetWriter writer,
        WakeSignal[] signals,
        CancellationTokenRegistration wake,
        CancellationTokenSource stopSound)
    {
        (_options, _source, _soundSource, _pictures, _sound, _writer, _signals, _wake, _stopSound) =
            (options, source, soundSource, pictures, sound, writer, signals, wake, stopSound);
        _lead = sound?.Lead ?? TimeSpan.Zero;
    }

    /// <summary>Pictures sent.</summary>
    public long Frames => _pictures.Frames;

    /// <summary>Bytes sent.</summary>
    public long Bytes => _writer.Bytes;

    /// <summary>How far it has come, in the stream's own time.</summary>
    public TimeSpan Position => _source.Position;

    /// <summary>Whether it was the target that failed.</summary>
    public bool TargetHasFailed => _writer.HasFailed;

    /// <summary>Opens source, coders and target, in this order.</summary>
    /// <param name="options">Valid ones.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of an encoder that had to be replaced and of clocks that go back.</param>
    /// <param name="sourceIsOpen">Called when only the target is left to be opened.</param>
    /// <param name="cancellationToken">Ends opening and running.</param>
    /// <exception cref="LibAvException">Something cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PublishSession Open(
        PublishOptions options, TimeProvider time, ILogger logger, Action sourceIsOpen, CancellationToken cancellationToken)
    {
        var opened = new Stack<IDisposable>();
        try
        {
            WakeSignal[] signals = [Keep(new WakeSignal(time)), Keep(new WakeSignal(time))];
            var wake = cancellationToken.Register(() => Array.ForEach(signals, s => s.Set()));
            opened.Push(wake);

            // Pictures that end, end the sound too, even where a device keeps it waiting.
            var stopSound = Keep(CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
            var source = Keep(SourceReader.Open(options.Source, options.Loop, time, signals[0], logger, cancellationToken));
            var picture = source.Demuxer.Video
                ?? throw new LibAvException($"{options.Source.Redacted} has no pictures.", LibAvError.InvalidData);
            var pictures = Keep(new PictureTrack(picture, options.Video, logger));
            var soundSource = options.SoundSource is null
                ? null
                : Keep(SourceReader.Open(options.SoundSource, options.Loop, time, signals[1], logger, stopSound.Token));
            var sound = OpenSound(options, source, soundSource);
            if (sound is not null)
            {
                opened.Push(sound);
            }

            sourceIsOpen();
            TargetTrack[] tracks = sound is null ? [pictures.Track] : [pictures.Track, sound.Track];
            var writer = TargetWriter.Open(options.Target, tracks, options.TargetTimeout, cancellationToken);
            return new PublishSession(options, source, soundSource, pictures, sound, writer, signals, wake, stopSound);
        }
        catch
        {
            while (opened.TryPop(out var item))
            {
                item.Dispose();
            }

            throw;
        }

        T Keep<T>(T item)
            where T : IDisposable
        {
            opened.Push(item);
            return item;
        }
    }

    /// <summary>Publishes until the source ends or the time is up.</summary>
    /// <param name="left">How much is to be published; <see langword="null"/> for all.</param>
    /// <param name="packetDone">Called after each packet of the source, to report progress.</param>
    /// <exception cref="LibAvException">Source or target failed; <see cref="TargetHasFailed"/> says which.</exception>
    /// <exception cref="OperationCanceledException">The token of <see cref="Open"/> was cancelled.</exception>
    public void Run(TimeSpan? left, Action packetDone)
    {
        var soundThread = StartSound(_stopSound.Token);
        try
        {
            RunPictures(left, packetDone);
        }
        finally
        {
            _stopSound.Cancel();
            Array.ForEach(_signals, s => s.Set());
            soundThread?.Join();
        }

        _pictures.Finish(_writer, Pictures);
        _sound?.Finish(_writer, Sound);
        _writer.Finish();
    }

    /// <summary>Closes everything.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _sound?.Dispose();
        _pictures.Dispose();
        _soundSource?.Dispose();
        _source.Dispose();
        _wake.Dispose();
        _stopSound.Dispose();
        Array.ForEach(_signals, s => s.Dispose());
    }

    /// <summary>What is added to the times of a picture, in its units.</summary>
    private long Ticks(TimeSpan shift) => (long)((shift + _lead).TotalSeconds * OutputTimeline.Rate);

    private static SoundTrack? OpenSound(PublishOptions options, SourceReader source, SourceReader? soundSource)
    {
        if (options.Sound is not { } encoding)
        {
            return null;
        }

        if ((soundSource ?? source).Demuxer.Audio is { } stream)
        {
            return new SoundTrack(stream, encoding, encoding.CodecFor(options.Target));
        }

        // A camera without a microphone is usual; a microphone without sound is a mistake.
        return soundSource is null ? null : throw new LibAvException($"{options.SoundSource!.Redacted} has no sound.", LibAvError.InvalidData);
    }

    private void RunPictures(TimeSpan? left, Action packetDone)
    {
        using var packet = new Packet();
        TimeSpan? shift = null;
        while (_source.TryRead(packet) && !(_source.Position >= left))
        {
            if (_soundFailure is { } failure)
            {
                throw failure;
            }

            // Sound of a source of its own is decoded on its own thread, and rewinds there with that source.
            if (_source.HasRewound && _soundSource is null)
            {
                _sound?.Rewind();
            }

            StepBitRate();
            if (packet.StreamIndex == _source.Demuxer.Video!.Index)
            {
                if (shift is { } before && before != _source.Shift)
                {
                    // Rewound, or another clock: what the decoder still holds has the times from before.
                    _pictures.Process(null, Ticks(before), _writer, Pictures);
                    _pictures.Rewind();
                }

                shift = _source.Shift;
                _pictures.Process(packet, Ticks(_source.Shift), _writer, Pictures);
            }
            else if (_soundSource is null && packet.StreamIndex == _source.Demuxer.Audio?.Index)
            {
                _sound?.Process(packet, _source.Shift + _lead, _writer, Sound);
            }

            packetDone();
        }

        _pictures.Process(null, Ticks(shift ?? TimeSpan.Zero), _writer, Pictures);
    }

    private void StepBitRate()
    {
        if (_nextStep < _options.BitRateSteps.Count && _source.Position >= _options.BitRateSteps[_nextStep].At)
        {
            _pictures.SetBitRate(_options.BitRateSteps[_nextStep].BitRate);
            _nextStep++;
        }
    }

    private Thread? StartSound(CancellationToken cancellationToken)
    {
        if (_soundSource is null || _sound is null)
        {
            return null;
        }

        var thread = new Thread(() => RunSound(_soundSource, _sound, cancellationToken)) { IsBackground = true, Name = "publish sound" };
        thread.Start();
        return thread;
    }

    private void RunSound(SourceReader source, SoundTrack sound, CancellationToken cancellationToken)
    {
        try
        {
            using var packet = new Packet();
            while (!cancellationToken.IsCancellationRequested && source.TryRead(packet))
            {
                if (source.HasRewound)
                {
                    sound.Rewind();
                }

                if (packet.StreamIndex == source.Demuxer.Audio!.Index)
                {
                    sound.Process(packet, source.Shift + _lead, _writer, Sound);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end, as asked for.
        }
        catch (LibAvException e)
        {
            // The thread of the pictures ends the session with it.
            Volatile.Write(ref _soundFailure, e);
        }
    }
}
