using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>Packets in, samples out. One thread at a time. Send a packet, then receive until it needs input.</summary>
public sealed unsafe class AudioDecoder : IDisposable
{
    private readonly CodecHandle _codec;

    private AudioDecoder(CodecHandle codec)
    {
        _codec = codec;
    }

    /// <summary>Name of the decoder.</summary>
    public string Name => _codec.Name;

    /// <summary>Opens the decoder of a stream.</summary>
    /// <param name="stream">The stream; only read during the call.</param>
    /// <param name="options">Options by their native names; null for none.</param>
    /// <exception cref="LibAvException">This FFmpeg lacks the decoder, or the stream's parameters are unusable.</exception>
    public static AudioDecoder Open(StreamInfo stream, MediaOptions? options = null)
    {
        if (stream.Kind != MediaKind.Audio)
        {
            throw new ArgumentException($"An audio decoder cannot decode a stream of kind {stream.Kind}.", nameof(stream));
        }

        var codec = CodecHandle.Decoder(stream.Parameters, stream.TimeBase, name: null);
        try
        {
            codec.Context->thread_count = 1;
            _ = codec.Open(options ?? MediaOptions.None, "Opening the decoder");
            return new AudioDecoder(codec);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>Hands a packet in. Not taken when <see cref="SendResult.Full"/>.</summary>
    public SendResult Send(Packet packet)
    {
        return _codec.Send(packet.Native);
    }

    /// <summary>Announces the end, so that samples held back come out.</summary>
    public SendResult SendEnd()
    {
        return _codec.Send((AVPacket*)null);
    }

    /// <summary>Takes the next run of samples; what the frame held is dropped in any case.</summary>
    public ReceiveResult Receive(Frame frame)
    {
        return _codec.Receive(frame.Native);
    }

    /// <summary>Forgets all input and samples held back, and an announced end.</summary>
    public void Flush()
    {
        _codec.Flush();
    }

    /// <summary>Closes the decoder; samples received stay valid.</summary>
    public void Dispose()
    {
        _codec.Dispose();
    }
}
