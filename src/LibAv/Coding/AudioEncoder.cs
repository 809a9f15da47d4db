using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Samples in, in runs of any length; packets out, in the runs that the codec wants. One thread at a time. Send samples,
/// then receive until it needs input.
/// </summary>
public sealed unsafe class AudioEncoder : IDisposable
{
    // Packets of codecs without a run length of their own (PCM): 20 ms, as Opus has.
    private const int RunsPerSecond = 50;

    private readonly CodecHandle _codec;
    private readonly AudioFifo _fifo;
    private readonly Frame _run = new();
    private bool _ending;
    private bool _endSent;

    private AudioEncoder(CodecHandle codec, AudioEncoderOptions options)
    {
        _codec = codec;
        (SampleRate, Channels, SampleFormat) = (options.SampleRate, options.Channels, (SampleFormat)codec.Context->sample_fmt);
        RunLength = codec.Context->frame_size > 0 ? codec.Context->frame_size : options.SampleRate / RunsPerSecond;
        _fifo = new AudioFifo(SampleFormat, Channels, SampleRate);
        Parameters = codec.CopyParameters();
    }

    /// <summary>Name of the encoder.</summary>
    public string Name => _codec.Name;

    /// <summary>Samples a second and channel that it takes.</summary>
    public int SampleRate { get; }

    /// <summary>Number of channels that it takes.</summary>
    public int Channels { get; }

    /// <summary>Sample format that it takes; a <see cref="Resampler"/> brings samples there.</summary>
    public SampleFormat SampleFormat { get; }

    /// <summary>Samples per channel of a packet.</summary>
    public int RunLength { get; }

    /// <summary>Seconds per tick of the time stamps: one sample.</summary>
    public Rational TimeBase => new(1, SampleRate);

    /// <summary>What a muxer needs to announce the stream; lives as long as the encoder.</summary>
    public CodecParameters Parameters { get; }

    /// <summary>Opens an encoder.</summary>
    /// <exception cref="LibAvException">This FFmpeg lacks the encoder, or it refuses the options.</exception>
    public static AudioEncoder Open(AudioEncoderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Channels);
        var codec = CodecHandle.ForEncoder(options.Encoder, MediaKind.Audio);
        try
        {
            var context = codec.Context;
            context->sample_rate = options.SampleRate;
            context->sample_fmt = (int)EncoderSampleFormats.Preferred(codec);
            UtilFunctions.av_channel_layout_default(context->ch_layout, options.Channels);
            context->time_base = new AVRational { num = 1, den = options.SampleRate };
            context->bit_rate = options.BitRate > 0 ? options.BitRate : context->bit_rate;
            context->thread_count = 1;
            context->flags |= options.GlobalHeader ? AV_CODEC_FLAG_GLOBAL_HEADER : 0;
            _ = codec.Open(options.Options, "Opening the encoder");
            return new AudioEncoder(codec, options);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Hands samples in; their time stamp counts samples. Full when a second of samples waits because nobody received.
    /// </summary>
    /// <exception cref="ArgumentException">The samples are of another format, rate or channel count.</exception>
    public SendResult Send(Frame frame)
    {
        if ((frame.SampleFormat, frame.SampleRate, frame.Channels) != (SampleFormat, SampleRate, Channels))
        {
            throw new ArgumentException(
                $"{Name} takes {SampleFormat} samples, {Channels} channels at {SampleRate} Hz, not {frame.SampleFormat}, {frame.Channels} at {frame.SampleRate} Hz.", nameof(frame));
        }

        if (_ending)
        {
            return SendResult.Ended;
        }

        if (_fifo.Count + frame.SampleCount > Math.Max(SampleRate, frame.SampleCount))
        {
            return SendResult.Full;
        }

        _fifo.Write(frame);
        return SendResult.Accepted;
    }

    /// <summary>Announces the end, so that samples and packets held back come out.</summary>
    public void SendEnd()
    {
        _ending = true;
    }

    /// <summary>Takes the next packet; what the packet held is dropped in any case.</summary>
    public ReceiveResult Receive(Packet packet)
    {
        ReceiveResult result;
        while ((result = _codec.Receive(packet.Native)) == ReceiveResult.NeedsInput && FeedCodec())
        {
        }

        return result;
    }

    /// <summary>Closes the encoder; packets received stay valid.</summary>
    public void Dispose()
    {
        _codec.Dispose();
        _fifo.Dispose();
        _run.Dispose();
        Parameters.Dispose();
    }

    // Only called when the codec has said that it needs input, so it takes what it gets.
    private bool FeedCodec()
    {
        var waiting = _fifo.Count;
        if (waiting >= RunLength || (_ending && waiting > 0))
        {
            _run.AllocateAudio(RunLength, SampleRate, Channels, SampleFormat);
            _fifo.Read(_run, Math.Min(waiting, RunLength));
            return _codec.Send(_run.Native) == SendResult.Accepted;
        }

        if (_ending && !_endSent)
        {
            _endSent = true;
            return _codec.Send((AVFrame*)null) == SendResult.Accepted;
        }

        return false;
    }
}
