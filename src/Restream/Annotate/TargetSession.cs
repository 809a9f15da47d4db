using Microsoft.Extensions.Logging;
using VisionStream.Core.Frames;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Annotate;

/// <summary>
/// For one thread. One visit to a target: the connection, the encoder in front of it, and the picture that is drawn on. Key frames
/// come by the pictures' times, so that any frame rate gets them as often as configured.
/// </summary>
internal sealed class TargetSession : IDisposable
{
    private const int PictureTrack = 0;
    private const int SoundTrack = 1;

    private static readonly Rational TimeBase = new(1, OutputTimeline.Rate);

    private readonly VideoEncoder _encoder;
    private readonly TargetWriter _writer;
    private readonly FrameFormat _format;
    private readonly long _keyInterval;
    private readonly Frame _picture = new();
    private readonly Packet _packet = new();
    private long? _lastKey;

    private TargetSession(VideoEncoder encoder, TargetWriter writer, in FrameFormat format, TimeSpan keyInterval)
    {
        (_encoder, _writer, _format) = (encoder, writer, format);
        _keyInterval = (long)(keyInterval.TotalSeconds * OutputTimeline.Rate);
    }

    /// <summary>The encoder that was to be had.</summary>
    public string EncoderName => _encoder.Name;

    /// <summary>Called with a picture's time right before its packet is handed to the connection (default: nobody).</summary>
    public Action<long>? PacketReady { get; set; }

    /// <summary>Opens encoder and connection.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="encoding">How.</param>
    /// <param name="format">The pictures: I420 or NV12, even sides.</param>
    /// <param name="sound">The sound's track, if there is one.</param>
    /// <param name="timeout">The longest time for the attempt, and for each write later.</param>
    /// <param name="logger">Hears of an encoder that had to be replaced.</param>
    /// <param name="cancellationToken">Ends the attempt, and every later write.</param>
    /// <exception cref="LibAvException">The encoder or the target cannot be had.</exception>
    public static TargetSession Open(
        TargetUrl target,
        VideoEncoding encoding,
        FrameFormat format,
        TargetTrack? sound,
        TimeSpan timeout,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var encoder = H264Encoder.Open(encoding, OptionsFor(encoding, format), logger);
        try
        {
            var picture = new TargetTrack(encoder.Parameters, TimeBase);
            var writer = TargetWriter.Open(target, sound is null ? [picture] : [picture, sound], timeout, cancellationToken);
            return new TargetSession(encoder, writer, format, encoding.KeyFrameInterval);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>The picture to fill before <see cref="SendPicture"/>; what it shows at first is undefined.</summary>
    public Frame Picture()
    {
        // An encoder that still reads the last one keeps it, and a fresh one takes its place.
        if (!_picture.HasData || !_picture.IsWritable)
        {
            _picture.AllocateVideo(_format.Width, _format.Height, FrameComposer.PixelFormatOf(_format.Layout));
            FrameComposer.MarkColors(_picture, _format);
        }

        return _picture;
    }

    /// <summary>Codes the picture as it is and sends it.</summary>
    /// <param name="pts">Its time in 1/90000 s, later than the one before.</param>
    /// <param name="asKeyFrame">Whether it has to be a key frame.</param>
    /// <exception cref="LibAvException">The connection broke.</exception>
    public void SendPicture(long pts, bool asKeyFrame)
    {
        if (asKeyFrame || _lastKey is not { } last || pts - last >= _keyInterval)
        {
            _encoder.RequestKeyFrame();
            _lastKey = pts;
        }

        _picture.Pts = pts;
        while (_encoder.Send(_picture) == SendResult.Full)
        {
            Drain();
        }

        Drain();
    }

    /// <summary>Sends a packet of sound, which is empty afterwards.</summary>
    /// <exception cref="LibAvException">The connection broke.</exception>
    public void SendSound(Packet packet) => _writer.Write(packet, SoundTrack);

    /// <summary>Says goodbye and closes the connection.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _encoder.Dispose();
        _picture.Dispose();
        _packet.Dispose();
    }

    private static VideoEncoderOptions OptionsFor(VideoEncoding encoding, in FrameFormat format)
    {
        // The times say how fast pictures really come; this only helps rate control to a good start.
        var rate = encoding.FrameRate ?? 30;
        return new VideoEncoderOptions
        {
            Encoder = encoding.Encoder,
            Width = format.Width,
            Height = format.Height,
            PixelFormat = FrameComposer.PixelFormatOf(format.Layout),
            TimeBase = TimeBase,
            FrameRate = new Rational((int)Math.Round(rate * 1000), 1000),
            ColorSpace = format.Matrix == ColorMatrix.Bt709 ? ColorSpace.Bt709 : ColorSpace.Smpte170M,
            ColorRange = format.Range == Core.Frames.ColorRange.Full ? LibAv.ColorRange.Full : LibAv.ColorRange.Limited,
        };
    }

    private void Drain()
    {
        while (_encoder.Receive(_packet) == ReceiveResult.Received)
        {
            PacketReady?.Invoke(_packet.Pts);
            _writer.Write(_packet, PictureTrack);
        }
    }
}
