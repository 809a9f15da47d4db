using Microsoft.Extensions.Logging;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Publish;

/// <summary>
/// For one thread. The pictures of a source on their way to a target: decoded, thinned to the frame rate, brought to the output's
/// size on black, coded. Times count 1/90000 s.
/// </summary>
internal sealed class PictureTrack : IDisposable
{
    private static readonly Rational TimeBase = new(1, OutputTimeline.Rate);

    private readonly StreamInfo _stream;
    private readonly ILogger _logger;
    private readonly VideoDecoder _decoder;
    private readonly FrameRateLimit? _limit;
    private readonly (int Width, int Height) _size;
    private readonly Frame _decoded = new();
    private readonly Frame _fitted = new();
    private readonly Packet _coded = new();
    private VideoEncoding _encoding;
    private VideoEncoder _encoder;
    private FilterGraph? _fit;
    private long? _lastKey;
    private long _last = -1;
    private bool _encoderIsStale;

    /// <summary>Opens decoder and encoder.</summary>
    /// <exception cref="LibAvException">The source's codec or the encoder cannot be had.</exception>
    public PictureTrack(StreamInfo stream, VideoEncoding encoding, ILogger logger)
    {
        (_stream, _encoding, _logger) = (stream, encoding, logger);
        if (stream.Parameters is not { Width: > 0, Height: > 0 } parameters)
        {
            throw new LibAvException("The source does not say how large its pictures are.", LibAvError.InvalidData);
        }

        _size = encoding.SizeFor(parameters.Width, parameters.Height);
        _limit = encoding.FrameRate is { } rate ? new FrameRateLimit(rate, OutputTimeline.Rate) : null;
        _decoder = VideoDecoder.Open(stream);
        _encoder = OpenEncoder();
    }

    /// <summary>What the target's header says of it.</summary>
    public TargetTrack Track => new(_encoder.Parameters, TimeBase, _encoder.FrameRate);

    /// <summary>Pictures coded.</summary>
    public long Frames { get; private set; }

    /// <summary>Codes at another bit rate from the next picture on, which becomes a key frame.</summary>
    public void SetBitRate(int bitRate)
    {
        _encoding = _encoding with { BitRate = bitRate };
        _encoderIsStale = true;
    }

    /// <summary>Takes a packet of the source as far as it goes.</summary>
    /// <param name="packet">A packet of the stream, or <see langword="null"/> at its end, which brings out what is held back.</param>
    /// <param name="shift">What is added to the source's times, in 1/90000 s.</param>
    /// <param name="writer">Gets what is coded.</param>
    /// <param name="track">The track's number there.</param>
    public void Process(Packet? packet, long shift, TargetWriter writer, int track)
    {
        // One packet gives one picture as a rule, so that the decoder cannot be full here.
        _ = packet is null ? _decoder.SendEnd() : _decoder.Send(packet);
        for (var result = _decoder.Receive(_decoded); result is ReceiveResult.Received or ReceiveResult.Corrupt; result = _decoder.Receive(_decoded))
        {
            if (result == ReceiveResult.Received && _decoded.Pts != Packet.NoPts)
            {
                Encode(_stream.TimeBase.Rescale(_decoded.Pts, TimeBase) + shift, writer, track);
            }
        }
    }

    /// <summary>Makes the decoder ready for the source's start, after a rewind.</summary>
    public void Rewind() => _decoder.Flush();

    /// <summary>Codes what the encoder holds back.</summary>
    public void Finish(TargetWriter writer, int track)
    {
        _ = _encoder.SendEnd();
        Drain(writer, track);
    }

    /// <summary>Frees decoder, encoder and buffers.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
        _fit?.Dispose();
        _decoded.Dispose();
        _fitted.Dispose();
        _coded.Dispose();
    }

    private void Encode(long pts, TargetWriter writer, int track)
    {
        if (pts <= _last || _limit?.Admit(pts) == false)
        {
            return;
        }

        if (_encoderIsStale)
        {
            Finish(writer, track);
            _encoder.Dispose();
            (_encoder, _lastKey, _encoderIsStale) = (OpenEncoder(), null, false);
        }

        if (_lastKey is not { } key || pts - key >= _encoding.KeyFrameInterval.TotalSeconds * OutputTimeline.Rate)
        {
            _encoder.RequestKeyFrame();
            _lastKey = pts;
        }

        Fit();
        _last = _fitted.Pts = pts;
        _ = _encoder.Send(_fitted);
        Frames++;
        Drain(writer, track);
    }

    private void Drain(TargetWriter writer, int track)
    {
        while (_encoder.Receive(_coded) == ReceiveResult.Received)
        {
            writer.Write(_coded, track);
        }
    }

    private void Fit()
    {
        if (_fit?.Accepts(_decoded) != true)
        {
            _fit?.Dispose();
            var (width, height) = _size;
            _fit = FilterGraph.Open(
                $"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bilinear," +
                $"pad={width}:{height}:-1:-1,setsar=1,format=yuv420p",
                _decoded,
                _stream.TimeBase);
        }

        _ = _fit.Send(_decoded);
        if (_fit.Receive(_fitted) != ReceiveResult.Received)
        {
            throw new LibAvException("The scaler gave no picture for a picture.", LibAvError.Other);
        }
    }

    private VideoEncoder OpenEncoder()
    {
        var rate = _encoding.FrameRate is { } limit ? new Rational((int)Math.Round(limit * 1000), 1000) : _stream.FrameRate;
        var parameters = _stream.Parameters;
        return H264Encoder.Open(
            _encoding,
            new VideoEncoderOptions
            {
                Encoder = _encoding.Encoder,
                Width = _size.Width,
                Height = _size.Height,
                TimeBase = TimeBase,
                FrameRate = rate.IsKnown ? rate : new Rational(30, 1),
                ColorSpace = parameters.ColorSpace == ColorSpace.Rgb ? ColorSpace.Unspecified : parameters.ColorSpace,
                ColorRange = ColorRange.Limited,
            },
            _logger);
    }
}
