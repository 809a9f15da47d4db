using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.Ingest.H264;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Decoding;

/// <summary>
/// For the ingest's thread. Packets of one video stream in, pictures into the entrance, and word of every damage before the first
/// picture that it spoils. Allocates nothing per packet.
/// </summary>
/// <remarks>
/// The decoder is opened strict (<c>err_detect=explode</c>): it refuses a packet at the first error instead of painting over it and
/// marking the picture, because with B-frames the marked picture comes out after others that were made of it. Some cameras break
/// small rules in every packet; a decoder that refuses three key frames in a row is opened again without strictness.
/// </remarks>
internal sealed class PictureDecoder : IDisposable
{
    private const int RefusedKeysAtMost = 3;

    private readonly StreamInfo _video;
    private readonly int _threads;
    private readonly FrameEntrance _entrance;
    private readonly StreamName _name;
    private readonly ILogger _logger;
    private readonly Frame _picture = new();
    private VideoDecoder _decoder;
    private readonly SplitKeyPictures? _split;
    private LostPictures? _lost;
    private DateTimeOffset? _heldSent;
    private int _refusedKeys;
    private bool _isLenient;

    /// <exception cref="LibAvException">This FFmpeg lacks the decoder.</exception>
    public PictureDecoder(StreamInfo video, int threads, FrameEntrance entrance, StreamName name, ILogger logger)
    {
        (_video, _threads, _entrance, _name, _logger) = (video, threads, entrance, name, logger);
        _decoder = Open();
        if (video.CodecName == "h264")
        {
            _lost = new LostPictures(video.Parameters.Extradata);
            _split = _lost.IsAnnexB ? new SplitKeyPictures() : null;
        }
    }

    /// <summary>Decodes a packet and enters the pictures that are ready. Whether one was published.</summary>
    public bool Decode(Packet packet)
    {
        if (_split is null)
        {
            return DecodeWhole(packet, packet.ProducerReferenceTime);
        }

        if (_split.Continues(packet))
        {
            return _split.Add(packet) && DecodeHeld();
        }

        var isPublished = DecodeHeld();
        if (_split.Hold(packet))
        {
            _heldSent = packet.ProducerReferenceTime;
            return isPublished;
        }

        return DecodeWhole(packet, packet.ProducerReferenceTime) || isPublished;
    }

    /// <summary>Enters the pictures that the decoder held back for reordering: the stream is over. Whether one was published.</summary>
    public bool Drain()
    {
        var isPublished = DecodeHeld();
        return (_decoder.SendEnd() == SendResult.Accepted && Receive(Packet.NoPts)) || isPublished;
    }

    /// <summary>Closes the decoder.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _split?.Dispose();
        _picture.Dispose();
    }

    private VideoDecoder Open() => VideoDecoder.Open(
        _video,
        new VideoDecoderOptions { Threads = _threads, Options = _isLenient ? MediaOptions.None : MediaOptions.None.With("err_detect", "+explode") });

    private bool DecodeHeld() => _split is { IsHolding: true } && DecodeWhole(_split.Release(), _heldSent);

    private bool DecodeWhole(Packet packet, DateTimeOffset? sent)
    {
        _entrance.Arrived(packet, sent);
        LookForGap(packet);
        var result = _decoder.Send(packet);
        var isPublished = false;
        if (result == SendResult.Full)
        {
            // Does not happen after a complete drain; a decoder that does it all the same gets its packet after one more.
            isPublished = Receive(packet.Pts);
            result = _decoder.Send(packet);
        }

        isPublished |= Receive(packet.Pts);
        if (result != SendResult.Accepted)
        {
            _entrance.NewestIsDamaged(packet.Pts);
        }

        if (packet.IsKey)
        {
            _refusedKeys = result == SendResult.Accepted ? 0 : _refusedKeys + 1;
            if (_refusedKeys == RefusedKeysAtMost && !_isLenient)
            {
                BeLenient();
            }
        }

        return isPublished;
    }

    private void BeLenient()
    {
        Log.Lenient(_logger, _name, RefusedKeysAtMost);
        _isLenient = true;
        _decoder.Dispose();
        _decoder = Open();
    }

    private void LookForGap(Packet packet)
    {
        if (_lost is null)
        {
            return;
        }

        if (packet.NewExtradata is { Length: > 0 } header)
        {
            _lost = new LostPictures(header);
        }

        if (_lost.Check(packet.Data))
        {
            _entrance.NewestIsDamaged(packet.Pts);
            if (_lost.IsUnbelievable)
            {
                Log.NumbersJump(_logger, _name);
                _lost = null;
            }
        }
    }

    private bool Receive(long pts)
    {
        var isPublished = false;
        while (true)
        {
            switch (_decoder.Receive(_picture))
            {
                case ReceiveResult.Received:
                    isPublished |= _entrance.Decoded(_picture);
                    break;
                case ReceiveResult.Corrupt:
                    _entrance.NewestIsDamaged(pts);
                    break;
                default:
                    return isPublished;
            }
        }
    }
}
