using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Decoding;
using VisionStream.Ingest.Sources;
using VisionStream.Ingest.Status;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Clips;

/// <summary>
/// One thread at a time. Reads an image (JPEG, PNG and what else FFmpeg knows) or a clip frame by frame, every frame, in order and
/// as fast as it is asked: for <c>visionstream detect</c> and the like. An image is a clip of one frame.
/// </summary>
/// <remarks>
/// Frames lie in a ring of the reader's own. What is not YUV already becomes I444 here and not I420, so that a PNG loses no chroma.
/// Damaged frames are left out and counted, up to the next key frame, as in a live stream.
/// </remarks>
public sealed class ClipReader : IDisposable
{
    // A decoder gives out at most 16 held-back pictures at the end (H.264, A.3.1); the rest is for the caller's leases.
    private const int RingSlots = 20;

    private readonly LiveStream _stream = new(StreamName.Parse("clip"), RingSlots);
    private readonly Packet _packet = new();
    private readonly FrameEntrance _entrance;
    private readonly Demuxer _demuxer;
    private readonly PictureDecoder? _decoder;
    private readonly StreamInfo? _video;
    private long _lastRead;
    private bool _isAtEnd;

    private ClipReader(SourceUrl source, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        Source = source;
        _entrance = new FrameEntrance(_stream, time, logger, PixelLayout.I444);
        _demuxer = Demuxer.Open(source.Address, Opening.Of(source, new IngestOptions(), time), cancellationToken);
        try
        {
            _video = _demuxer.Video ?? throw new LibAvException("There are no pictures in it.", LibAvError.InvalidData);
            foreach (var stream in _demuxer.Streams)
            {
                _demuxer.Select(stream.Index, stream.Index == _video.Index);
            }

            _entrance.Begin(StreamSession.Start(time), _video);
            _decoder = new PictureDecoder(_video, threads: 1, _entrance, _stream.Name, logger);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is read.</summary>
    public SourceUrl Source { get; }

    /// <summary>libav's name of the codec: h264, mjpeg, png.</summary>
    public string Codec => _video!.CodecName;

    /// <summary>Frames that were left out so far because they are damaged.</summary>
    public long Damaged => _stream.Ledger.Dropped(DropReason.Corrupt);

    /// <summary>Opens an image or a clip; <paramref name="error"/> is a sentence that says why it cannot be read.</summary>
    /// <param name="path">A path or another source that ends by itself.</param>
    /// <param name="reader">The caller disposes it.</param>
    /// <param name="error">One sentence, without secrets.</param>
    /// <param name="time">The clock of the frames' times (default: the system's).</param>
    /// <param name="logger">Where damages are told (default: nowhere).</param>
    /// <param name="cancellationToken">Ends the opening and all later reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryOpen(
        string? path,
        [NotNullWhen(true)] out ClipReader? reader,
        [NotNullWhen(false)] out string? error,
        TimeProvider? time = null,
        ILogger? logger = null,
        CancellationToken cancellationToken = default)
    {
        reader = null;
        if (!SourceUrl.TryParse(path, out var source, out error))
        {
            return false;
        }

        error = source.FindProblem();
        if (error is not null)
        {
            return false;
        }

        try
        {
            reader = new ClipReader(source, time ?? TimeProvider.System, logger ?? NullLogger.Instance, cancellationToken);
            return true;
        }
        catch (LibAvException e)
        {
            error = Diagnosis.Of(e, source).Reason;
            return false;
        }
    }

    /// <summary>Leases the next sound frame; false at the end. The caller disposes each lease soon: a few may be out at once, not all slots.</summary>
    /// <exception cref="InvalidOperationException">So many frames are leased that there is no room for the next.</exception>
    /// <exception cref="LibAvException">The file cannot be read on; the message is one sentence.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool TryRead(out FrameLease lease)
    {
        while (true)
        {
            if (_stream.Ring.TryLeaseNext(_lastRead, out lease))
            {
                _lastRead = lease.Frame.Id;
                return true;
            }

            if (_isAtEnd)
            {
                return false;
            }

            Advance();
        }
    }

    /// <summary>Closes the file. Leases that are out have to be disposed before.</summary>
    public void Dispose()
    {
        _decoder?.Dispose();
        _demuxer.Dispose();
        _entrance.Dispose();
        _packet.Dispose();
        _stream.Dispose();
    }

    private void Advance()
    {
        switch (_demuxer.Read(_packet))
        {
            case ReadResult.Packet when _packet.StreamIndex == _video!.Index:
                _ = _decoder!.Decode(_packet);
                break;
            case ReadResult.EndOfStream:
                _isAtEnd = true;
                _ = _decoder!.Drain();
                break;
            case ReadResult.Cancelled:
                throw new OperationCanceledException($"Reading {Source} was cancelled.");
            case ReadResult.TimedOut:
                throw new LibAvException($"{Source} has sent nothing for a long time.", LibAvError.TimedOut);
        }

        if (_entrance.IsTooLarge)
        {
            throw new LibAvException($"{Source} holds pictures larger than {FrameFormat.MaxSide} pixels.", LibAvError.InvalidData);
        }

        if (_stream.Ledger.Dropped(DropReason.RingFull) > 0)
        {
            throw new InvalidOperationException("There is no room for the next frame: dispose the leases of those before.");
        }
    }
}
