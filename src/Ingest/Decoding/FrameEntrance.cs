using Microsoft.Extensions.Logging;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Status;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For the ingest's thread. The way of a decoded picture into the ring: damaged ones stay outside until the next key frame, and
/// each is entered in the books. Lives as long as the stream, across visits.
/// </summary>
/// <param name="stream">Whose ring and books.</param>
/// <param name="status">Is told when damage begins and ends.</param>
/// <param name="time">The clock of the frames' times.</param>
/// <param name="logger">One warning an episode.</param>
internal sealed class FrameEntrance(LiveStream stream, StatusBoard status, TimeProvider time, ILogger logger) : IDisposable
{
    // What libav assumes of streams without times (the option framerate of its raw demuxers).
    private static readonly Rational UsualRate = new(25, 1);

    private readonly FrameCopier _copier = new();
    private readonly ArrivalLog _arrivals = new();
    private DamageGate _gate = new();
    private StreamSession? _session;
    private Rational _timeBase;
    private long _offset;
    private long _firstPts;
    private long _lastPts;
    private long _step;
    private long _sequence;
    private bool _isRingFull;

    /// <summary>Size and layout of the newest frame that was published.</summary>
    public FrameFormat Format { get; private set; }

    /// <summary>When the newest frame was published, as a timestamp; 0 before the first one of a visit.</summary>
    public long PublishedAt { get; private set; }

    /// <summary>What is added to the source's own times, in microseconds: 0 until a file begins again.</summary>
    public long OffsetMicroseconds => _timeBase.IsKnown ? _timeBase.Rescale(_offset, Rational.Microseconds) : 0;

    /// <summary>Whether a picture was larger than a ring takes.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>A publisher's visit begins: nothing that came before is a reference for its frames.</summary>
    public void Begin(StreamSession session, StreamInfo video)
    {
        (_session, _timeBase, _offset, _firstPts, _lastPts) = (session, video.TimeBase, 0, Packet.NoPts, Packet.NoPts);
        _step = (video.FrameRate.IsKnown ? video.FrameRate : UsualRate).Inverse.Rescale(1, _timeBase);
        _gate = new DamageGate();
        _arrivals.Clear();
        (PublishedAt, IsTooLarge, _sequence) = (0, false, 0);
    }

    /// <summary>The same file begins again: its first frame follows a step after the last one.</summary>
    public void Restart()
    {
        _arrivals.Clear();
        _offset = _lastPts == Packet.NoPts ? 0 : _lastPts + _step - _firstPts;
    }

    /// <summary>A picture's packet has come. To be called before it is decoded.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="sent">The sender's clock, where it told.</param>
    public void Arrived(Packet packet, DateTimeOffset? sent)
    {
        stream.Ledger.CountPacket();
        var at = time.GetTimestamp();
        _arrivals.Add(
            packet.Pts,
            new PacketArrival(++_sequence, at, sent ?? time.GetUtcNow(), sent is null ? ClockSource.Arrival : ClockSource.RtcpSenderReport));
        if (packet.IsCorrupt)
        {
            Damaged(packet.Pts, _sequence);
        }
    }

    /// <summary>The newest packet is useless to the decoder, or pictures before it are missing.</summary>
    public void NewestIsDamaged(long pts) => Damaged(pts, _sequence);

    /// <summary>A picture has left the decoder. True when it was published.</summary>
    public bool Decoded(Frame picture)
    {
        stream.Ledger.CountDecoded();
        var decodedAt = time.GetTimestamp();
        var pts = picture.Pts;
        var isCertain = _arrivals.Find(pts, out var arrival);
        if (picture.IsCorrupt)
        {
            Damaged(pts, arrival.Sequence);
        }

        var wasOpen = _gate.IsOpen;
        IsTooLarge |= !FrameCopier.Fits(picture);
        if (IsTooLarge || !_gate.Admit(arrival.Sequence, isCertain, picture.IsKey, picture.PictureType == PictureType.I))
        {
            stream.Ledger.CountDropped(DropReason.Corrupt);
            return false;
        }

        if (!wasOpen && PublishedAt != 0)
        {
            Log.Mended(logger, stream.Name, stream.Ledger.Dropped(DropReason.Corrupt));
            status.Mended();
        }

        return Publish(picture, pts, arrival, decodedAt);
    }

    /// <summary>Frees what copying needs.</summary>
    public void Dispose() => _copier.Dispose();

    private bool Publish(Frame picture, long pts, in PacketArrival arrival, long decodedAt)
    {
        var prepared = _copier.Prepare(picture, out var format);
        if (!stream.Ring.TryBeginWrite(format, out var write))
        {
            stream.Ledger.CountDropped(DropReason.RingFull);
            if (!_isRingFull)
            {
                _isRingFull = true;
                Log.RingFull(logger, stream.Name);
            }

            return false;
        }

        _isRingFull = false;
        FrameCopier.Copy(prepared, format, write);
        var time = new MediaTime(OnTimeLine(pts), _timeBase.Numerator, _timeBase.Denominator);
        _ = stream.Ring.Publish(
            write, new FrameInfo(_session!, time, arrival.IngestedAt, arrival.Clock, arrival.At, decodedAt, picture.IsKey));
        Format = format;
        PublishedAt = decodedAt;
        return true;
    }

    // A file that is played again goes on counting, and a picture without a time comes a step after the one before.
    private long OnTimeLine(long pts)
    {
        if (pts == Packet.NoPts)
        {
            pts = _lastPts == Packet.NoPts ? 0 : _lastPts + _step - _offset;
        }

        _firstPts = _firstPts == Packet.NoPts ? pts : _firstPts;
        var placed = pts + _offset;
        if (_lastPts != Packet.NoPts && placed > _lastPts)
        {
            _step = placed - _lastPts;
        }

        return _lastPts = placed;
    }

    private void Damaged(long pts, long sequence)
    {
        if (_gate.Close(sequence))
        {
            Log.Damaged(logger, stream.Name, pts == Packet.NoPts ? 0 : pts * 1000.0 * _timeBase.Value);
            status.Damaged();
        }
    }
}
