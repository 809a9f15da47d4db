using VisionStream.LibAv;
using VisionStream.Restream.Targets;

namespace VisionStream.Restream.Publish;

/// <summary>
/// For one thread. The sound of a source on its way to a target: decoded, filtered, brought to the output's rate and channels, coded.
/// </summary>
internal sealed class SoundTrack : IDisposable
{
    // A voice lies between; motors and wind below, hiss above.
    private const string VoiceFilter = "highpass=f=100,lowpass=f=7000,";

    private readonly StreamInfo _stream;
    private readonly string _filters;
    private readonly AudioDecoder _decoder;
    private readonly AudioEncoder _encoder;
    private readonly Frame _decoded = new();
    private readonly Frame _filtered = new();
    private readonly Packet _coded = new();
    private FilterGraph? _graph;
    private TimeSpan _shift;

    /// <summary>Opens decoder and encoder.</summary>
    /// <exception cref="LibAvException">The source's codec or the encoder cannot be had.</exception>
    public SoundTrack(StreamInfo stream, SoundEncoding encoding, string codec)
    {
        _stream = stream;
        _decoder = AudioDecoder.Open(stream);
        _encoder = AudioEncoder.Open(new AudioEncoderOptions
        {
            Encoder = codec == "opus" ? "libopus" : codec,
            SampleRate = encoding.SampleRate,
            Channels = encoding.Channels,
            BitRate = encoding.BitRate,
            GlobalHeader = true,
            Options = codec == "opus" ? MediaOptions.None.With("application", encoding.VoiceFilter ? "voip" : "audio").With("frame_duration", "20") : MediaOptions.None,
        });
        _filters = (encoding.VoiceFilter ? VoiceFilter : "")
            + $"aresample={encoding.SampleRate},aformat=sample_fmts={NameOf(_encoder.SampleFormat)}"
            + $":sample_rates={encoding.SampleRate}:channel_layouts={(encoding.Channels == 1 ? "mono" : "stereo")}";
    }

    /// <summary>What the target's header says of it.</summary>
    public TargetTrack Track => new(_encoder.Parameters, _encoder.TimeBase);

    /// <summary>
    /// How long before its first sample the coded sound may begin: coders start with what they need to swing in, one packet of it
    /// at most (AAC 1024 samples, Opus 6.5 ms). A stream that starts at zero has to be moved by as much, for the packet to have a place.
    /// </summary>
    public TimeSpan Lead => TimeSpan.FromSeconds((double)_encoder.RunLength / _encoder.SampleRate);

    /// <summary>Takes a packet of the source as far as it goes.</summary>
    /// <param name="packet">A packet of the stream.</param>
    /// <param name="shift">What is added to the source's times.</param>
    /// <param name="writer">Gets what is coded.</param>
    /// <param name="track">The track's number there.</param>
    public void Process(Packet packet, TimeSpan shift, TargetWriter writer, int track)
    {
        _shift = shift;

        // A packet of sound gives a few runs of samples, all of which are taken at once: the decoder cannot be full here.
        _ = _decoder.Send(packet);
        Decode(writer, track);
    }

    /// <summary>Makes the decoder ready for the source's start, after a rewind.</summary>
    public void Rewind() => _decoder.Flush();

    /// <summary>Codes what decoder, filters and encoder hold back; nothing can be sent afterwards.</summary>
    public void Finish(TargetWriter writer, int track)
    {
        _ = _decoder.SendEnd();
        Decode(writer, track);
        if (_graph is not null)
        {
            _ = _graph.SendEnd();
            Encode(writer, track);
        }

        _encoder.SendEnd();
        Drain(writer, track);
    }

    /// <summary>Frees decoder, encoder and buffers.</summary>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
        _graph?.Dispose();
        _decoded.Dispose();
        _filtered.Dispose();
        _coded.Dispose();
    }

    private static string NameOf(SampleFormat format) => format switch
    {
        SampleFormat.S16 => "s16",
        SampleFormat.S16P => "s16p",
        SampleFormat.S32 => "s32",
        SampleFormat.S32P => "s32p",
        SampleFormat.Flt => "flt",
        SampleFormat.FltP => "fltp",
        _ => throw new LibAvException($"The sound encoder wants {format} samples, which nothing here makes.", LibAvError.Unsupported),
    };

    private void Decode(TargetWriter writer, int track)
    {
        for (var result = _decoder.Receive(_decoded); result is ReceiveResult.Received or ReceiveResult.Corrupt; result = _decoder.Receive(_decoded))
        {
            if (result == ReceiveResult.Received && _decoded.Pts != Packet.NoPts)
            {
                Filter();
                Encode(writer, track);
            }
        }
    }

    private void Filter()
    {
        // In the encoder's units before the filters: a frame's best guess of its time passes them unchanged.
        _decoded.Pts = _stream.TimeBase.Rescale(_decoded.Pts, _encoder.TimeBase) + (long)(_shift.TotalSeconds * _encoder.SampleRate);
        if (_graph?.Accepts(_decoded) != true)
        {
            _graph?.Dispose();
            _graph = FilterGraph.Open(_filters, _decoded, _encoder.TimeBase);
        }

        _ = _graph.Send(_decoded);
    }

    private void Encode(TargetWriter writer, int track)
    {
        while (_graph!.Receive(_filtered) == ReceiveResult.Received)
        {
            _ = _encoder.Send(_filtered);
            Drain(writer, track);
        }
    }

    private void Drain(TargetWriter writer, int track)
    {
        while (_encoder.Receive(_coded) == ReceiveResult.Received)
        {
            writer.Write(_coded, track);
        }
    }
}
