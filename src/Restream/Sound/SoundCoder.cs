using VisionStream.Core.Audio;
using VisionStream.LibAv;

namespace VisionStream.Restream.Sound;

/// <summary>For one thread. Turns coded sound of any kind into Opus or AAC.</summary>
internal sealed class SoundCoder : IDisposable
{
    // What Opus works at inside, and what AAC is usually fed; sources at 44.1 kHz are resampled.
    private const int SampleRate = 48_000;

    // Transparent for speech and good for music: RFC 7587, section 3.1.1, and the usual setting of AAC-LC.
    private const int BitsPerChannel = 64_000;

    private readonly AudioEncoder _encoder;
    private readonly Frame _decoded = new();
    private readonly Frame _resampled = new();
    private readonly Packet _coded = new();
    private Demuxer? _header;
    private AudioDecoder? _decoder;
    private Resampler? _resampler;
    private AudioFormat? _format;

    /// <summary>Opens the encoder.</summary>
    /// <param name="codec">opus or aac.</param>
    /// <param name="channels">Channels of the source; two at most come out.</param>
    /// <exception cref="LibAvException">The encoder cannot be had.</exception>
    public SoundCoder(string codec, int channels)
    {
        var kept = Math.Clamp(channels, 1, 2);
        _encoder = AudioEncoder.Open(new AudioEncoderOptions
        {
            Encoder = codec == "opus" ? "libopus" : codec,
            SampleRate = SampleRate,
            Channels = kept,
            BitRate = BitsPerChannel * kept,
            GlobalHeader = true,
        });
    }

    /// <summary>What the target's header says of it.</summary>
    public CodecParameters Parameters => _encoder.Parameters;

    /// <summary>Seconds per tick of what comes out.</summary>
    public Rational TimeBase => _encoder.TimeBase;

    /// <summary>Takes a coded packet and gives those that it completes, one at a time.</summary>
    /// <param name="format">How it is coded; when it changes, decoding starts afresh.</param>
    /// <param name="packet">The packet, its time in milliseconds.</param>
    /// <param name="send">Called for each packet; the packet may be taken over.</param>
    /// <exception cref="LibAvException">The codec cannot be decoded.</exception>
    public void Process(AudioFormat format, Packet packet, Action<Packet> send)
    {
        if (_decoder is null || !ReferenceEquals(format, _format))
        {
            Reopen(format);
        }

        // A packet of sound gives a few runs of samples, all of which are taken at once: the decoder cannot be full here.
        _ = _decoder!.Send(packet);
        for (var result = _decoder.Receive(_decoded); result is ReceiveResult.Received or ReceiveResult.Corrupt; result = _decoder.Receive(_decoded))
        {
            if (result != ReceiveResult.Received || !_resampler!.Convert(_decoded, _resampled))
            {
                continue;
            }

            _ = _encoder.Send(_resampled);
            while (_encoder.Receive(_coded) == ReceiveResult.Received)
            {
                send(_coded);
            }
        }
    }

    /// <summary>Frees decoder, encoder and buffers.</summary>
    public void Dispose()
    {
        Close();
        _encoder.Dispose();
        _decoded.Dispose();
        _resampled.Dispose();
        _coded.Dispose();
    }

    private void Reopen(AudioFormat format)
    {
        Close();
        _header = SoundHeader.Open(format);
        _decoder = AudioDecoder.Open(_header.Audio!);
        _resampler = new Resampler(_encoder.SampleFormat, _encoder.SampleRate, _encoder.Channels, Rational.Milliseconds);
        _format = format;
    }

    private void Close()
    {
        _decoder?.Dispose();
        _resampler?.Dispose();
        _header?.Dispose();
        (_decoder, _resampler, _header) = (null, null, null);
    }
}
