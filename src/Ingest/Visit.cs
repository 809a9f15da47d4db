using Microsoft.Extensions.Logging;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Decoding;
using VisionStream.Ingest.Playback;
using VisionStream.Ingest.Recording;
using VisionStream.Ingest.Retries;
using VisionStream.Ingest.Sound;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Status;
using VisionStream.LibAv;

namespace VisionStream.Ingest;

/// <summary>
/// For the ingest's thread. One opening of a source and what is read until it ends: opens, finds the pictures, decodes them and
/// passes them to the entrance. Every call that may wait ends by deadline or token.
/// </summary>
internal sealed class Visit(
    StreamName name,
    SourceUrl source,
    IngestOptions options,
    FrameEntrance entrance,
    SoundTap sound,
    StatusBoard status,
    StreamRecorder recorder,
    Pause pause,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private const int NoStream = -1;

    private readonly Packet _packet = new();
    private readonly Pacer _pacer = new(time, pause);
    private Demuxer? _demuxer;
    private PictureDecoder? _decoder;
    private StreamInfo? _video;
    private StreamSession? _session;
    private FrameFormat _announced;
    private int _streamsSeen;
    private long _openedAt;
    private long _picturesAt;
    private bool _isStalled;
    private bool _isSoundUnasked;
    private bool _takesSound;
    private bool _isStored;
    private bool _isPaced;

    /// <summary>Whether a frame reached the ring.</summary>
    public bool GaveFrames { get; private set; }

    /// <summary>Runs until the source ends, fails or is cancelled.</summary>
    public VisitEnd Run(CancellationToken cancellationToken)
    {
        try
        {
            if (source.FindProblem() is { } problem)
            {
                return new VisitEnd(source.Scheme == SourceScheme.V4l2 ? VisitOutcome.Lost : VisitOutcome.Hopeless, problem);
            }

            do
            {
                Open(cancellationToken);
                if (Read() is { } end)
                {
                    return end;
                }
            }
            while (options.Loop && _isStored && GaveFrames);

            return AtEnd();
        }
        catch (OperationCanceledException)
        {
            return new VisitEnd(VisitOutcome.Stopped, "Stopped.");
        }
        catch (LibAvException e)
        {
            // How a publisher hangs up is its own business: with or without an end of the stream.
            var end = Diagnosis.Of(e, source);
            return end.Outcome == VisitOutcome.PublisherLeft && GaveFrames ? AtEnd() : end;
        }
    }

    /// <summary>Closes the source; says goodbye to its server, waiting half a second at most.</summary>
    public void Dispose()
    {
        Close();
        _packet.Dispose();
    }

    private void Open(CancellationToken cancellationToken)
    {
        var again = _demuxer is not null;
        Close();
        var asksForSound = options.Audio || sound.IsWanted;
        _isSoundUnasked = !asksForSound && Opening.HasToBeAskedForSound(source.Scheme);
        _demuxer = Demuxer.Open(source.Address, Opening.Of(source, options, asksForSound, time), cancellationToken);
        if (_demuxer.UnusedOptions.Count > 0)
        {
            Log.UnusedOptions(logger, name, string.Join(", ", _demuxer.UnusedOptions));
        }

        // A playlist of known length is a film and no broadcast; a broadcast in segments comes in bursts of one.
        _isStored = source.IsStored || (source.Scheme is SourceScheme.Http or SourceScheme.Https && _demuxer.Duration is not null);
        _isPaced = options.RealTime && (_isStored || _demuxer.FormatName == "hls");
        recorder.Opened();
        _streamsSeen = 0;
        _openedAt = _picturesAt = time.GetTimestamp();
        if (again)
        {
            _pacer.Rewind();
            entrance.Restart();
        }
        else
        {
            _session = StreamSession.Start(time);
        }

        sound.Begin(_session!, _demuxer, _isSoundUnasked);
    }

    private void Close()
    {
        _decoder?.Dispose();
        _demuxer?.Dispose();
        (_decoder, _video) = (null, null);
    }

    /// <summary>Reads to the end of the input, which gives <see langword="null"/>, or to another ending.</summary>
    private VisitEnd? Read()
    {
        while (true)
        {
            switch (_demuxer!.Read(_packet))
            {
                case ReadResult.Packet when !Take():
                    return new VisitEnd(VisitOutcome.Stopped, "Stopped.");
                case ReadResult.Packet when _isSoundUnasked && sound.IsWanted:
                    return new VisitEnd(VisitOutcome.SoundWanted, $"{source} is opened again, to ask for its sound.");
                case ReadResult.Packet when entrance.IsTooLarge:
                    return new VisitEnd(VisitOutcome.Unusable, $"{source} sends pictures larger than {FrameFormat.MaxSide} pixels.");
                case ReadResult.Packet when WithoutPictures() is { } end:
                    return end;
                case ReadResult.Packet:
                    break;
                case ReadResult.Again when pause.Wait(TimeSpan.FromMilliseconds(1)):
                    break;
                case ReadResult.Cancelled or ReadResult.Again:
                    return new VisitEnd(VisitOutcome.Stopped, "Stopped.");
                case ReadResult.TimedOut:
                    return source.IsListening
                        ? new VisitEnd(VisitOutcome.PublisherLeft, $"The publisher at {source} fell silent; waiting for the next.")
                        : new VisitEnd(VisitOutcome.Lost, $"{source} has sent nothing for {options.SilenceTimeout.TotalSeconds:0.#} s.");
                case ReadResult.EndOfStream:
                    if (_decoder is not null && _decoder.Drain())
                    {
                        Announce();
                    }

                    return null;
            }
        }
    }

    /// <summary>Where a packet of any stream goes. False when it was stopped meanwhile.</summary>
    private bool Take()
    {
        if (_demuxer!.Streams.Count != _streamsSeen || _takesSound != (options.Audio || recorder.IsOn))
        {
            ChooseStreams();
        }

        if (sound.Takes(_packet.StreamIndex))
        {
            sound.Take(_packet, entrance.OffsetMicroseconds);
        }

        if (_packet.StreamIndex != _video?.Index)
        {
            recorder.Offer(_packet, _demuxer, _video?.Index ?? NoStream);
            return true;
        }

        if (_isPaced && _packet.Dts != Packet.NoPts && !_pacer.WaitFor(TimeSpan.FromSeconds(_packet.Dts * _video.TimeBase.Value)))
        {
            return false;
        }

        _picturesAt = time.GetTimestamp();
        _decoder ??= OpenDecoder();
        recorder.Offer(_packet, _demuxer, _video.Index);
        if (_decoder.Decode(_packet))
        {
            Announce();
        }
        else
        {
            LookForStall();
        }

        return true;
    }

    /// <summary>
    /// Takes the largest pictures, and the sound beside them, wanted or not: it may be wanted later, and its codec's header comes
    /// only once. The packets of other streams are not even fetched where the format allows it.
    /// </summary>
    private void ChooseStreams()
    {
        _streamsSeen = _demuxer!.Streams.Count;
        _takesSound = options.Audio || recorder.IsOn;
        _video ??= _demuxer.Streams
            .Where(s => s.Kind == MediaKind.Video && !s.IsAttachedPicture)
            .MaxBy(s => (long)s.Parameters.Width * s.Parameters.Height);
        sound.Choose();
        foreach (var stream in _demuxer.Streams)
        {
            var isWanted = _video is null || stream.Index == _video.Index || sound.Takes(stream.Index) || (_takesSound && stream.Kind == MediaKind.Audio);
            _demuxer.Select(stream.Index, isWanted);
        }
    }

    private PictureDecoder OpenDecoder()
    {
        // Only now have all formats seen the codec's header.
        _video = _demuxer!.Refresh(_video!.Index);
        if (!GaveFrames)
        {
            entrance.Begin(_session!, _video);
            sound.Announce();
        }

        return new PictureDecoder(_video, options.DecoderThreads, entrance, name, logger);
    }

    private void Announce()
    {
        if (!GaveFrames || (entrance.Format.Width, entrance.Format.Height, entrance.Format.Layout) != (_announced.Width, _announced.Height, _announced.Layout))
        {
            (GaveFrames, _isStalled) = (true, false);
            _announced = entrance.Format;
            status.FramesArrive(_session!, _announced, _video!.CodecName);
        }
    }

    /// <summary>Pictures come and none passes the gate: subscribers must not be left to believe that nothing is to be seen there.</summary>
    private void LookForStall()
    {
        if (!_isStalled && !_isStored && time.GetElapsedTime(Math.Max(_openedAt, entrance.PublishedAt)) > options.SilenceTimeout)
        {
            (_isStalled, _announced) = (true, default);
            status.Lost($"{source} sends pictures, but none that can be used; a key frame is waited for.");
        }
    }

    /// <summary>How a visit ends whose packets are all of other kinds: sound goes on, and nobody would notice the missing pictures.</summary>
    private VisitEnd? WithoutPictures()
    {
        var patience = _video is null ? options.OpenTimeout : options.SilenceTimeout;
        return _packet.StreamIndex != _video?.Index && time.GetElapsedTime(_picturesAt) > patience
            ? new VisitEnd(_isStored ? VisitOutcome.Hopeless : VisitOutcome.Lost, $"{source} sends no pictures.")
            : null;
    }

    private VisitEnd AtEnd() => (_isStored, source.IsListening, GaveFrames) switch
    {
        (true, _, true) => new VisitEnd(VisitOutcome.Ended, $"{source} has ended."),
        (true, _, false) => new VisitEnd(VisitOutcome.Hopeless, $"{source} holds no picture that can be decoded."),
        (_, true, _) => new VisitEnd(VisitOutcome.PublisherLeft, $"The publisher at {source} left; waiting for it."),
        _ => new VisitEnd(VisitOutcome.Lost, $"{source} ended the stream."),
    };
}
