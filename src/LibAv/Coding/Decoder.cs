using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>
/// Packets in, frames out, for one thread at a time: send a packet, then receive until it needs input. Pictures come in presentation
/// order.
/// </summary>
public abstract unsafe class Decoder : IDisposable
{
    private protected Decoder(CodecHandle codec) => Codec = codec;

    /// <summary>Name of the decoder.</summary>
    public string Name => Codec.Name;

    private protected CodecHandle Codec { get; }

    /// <summary>Hands a packet in. Not taken when <see cref="SendResult.Full"/>.</summary>
    public SendResult Send(Packet packet) => Codec.Send(packet.Native);

    /// <summary>Announces the end, so that frames held back come out.</summary>
    public SendResult SendEnd() => Codec.Send((AVPacket*)null);

    /// <summary>Takes the next frame; what <paramref name="frame"/> held is dropped in any case.</summary>
    public ReceiveResult Receive(Frame frame) => Codec.Receive(frame.Native);

    /// <summary>Forgets all input and frames held back, and an announced end: for a seek or a gap in the stream.</summary>
    public void Flush() => Codec.Flush();

    /// <summary>Closes the decoder; frames received stay valid.</summary>
    public void Dispose()
    {
        Codec.Dispose();
        GC.SuppressFinalize(this);
    }
}
