using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// Coded data of one picture or run of samples. One thread at a time. Made once and reused: reading into it drops what it
/// held. Owns a reference to the data, not the data itself, so copies are cheap.
/// </summary>
public sealed unsafe class Packet : IDisposable
{
    /// <summary>The time stamp of a packet or frame that has none (AV_NOPTS_VALUE).</summary>
    public const long NoPts = AV_NOPTS_VALUE;

    private readonly PacketHandle _handle;

    /// <summary>Makes an empty packet.</summary>
    public Packet()
    {
        _ = LibAvLibraries.Load();
        _handle = new PacketHandle((AVPacket*)Averror.Allocated(CodecFunctions.av_packet_alloc(), "Allocating a packet"));
    }

    /// <summary>Presentation time in ticks of the stream's time base, or <see cref="NoPts"/>.</summary>
    public long Pts
    {
        get => Native->pts;
        set => Native->pts = value;
    }

    /// <summary>Decoding time in ticks of the stream's time base, or <see cref="NoPts"/>.</summary>
    public long Dts
    {
        get => Native->dts;
        set => Native->dts = value;
    }

    /// <summary>Duration in ticks of the stream's time base, 0 when unknown.</summary>
    public long Duration
    {
        get => Native->duration;
        set => Native->duration = value;
    }

    /// <summary>Index of the stream in its container.</summary>
    public int StreamIndex
    {
        get => Native->stream_index;
        set => Native->stream_index = value;
    }

    /// <summary>Whether decoding can start here.</summary>
    public bool IsKey => (Native->flags & AV_PKT_FLAG_KEY) != 0;

    /// <summary>Whether the transport knows that parts are missing.</summary>
    public bool IsCorrupt => (Native->flags & AV_PKT_FLAG_CORRUPT) != 0;

    /// <summary>Bytes of data; 0 for an empty packet.</summary>
    public int Size => Native->size;

    /// <summary>The data, valid until the packet changes or is disposed.</summary>
    public ReadOnlySpan<byte> Data => new(Native->data, Native->size);

    /// <summary>
    /// The sender's wall clock at this packet, null when the sender told none. RTSP streams carry it from the first RTCP
    /// sender report on (side data AV_PKT_DATA_PRFT).
    /// </summary>
    public DateTimeOffset? ProducerReferenceTime
    {
        get
        {
            nuint size;
            var data = (AVProducerReferenceTime*)CodecFunctions.av_packet_get_side_data(Native, AV_PKT_DATA_PRFT, &size);
            return data is null || size < (nuint)sizeof(AVProducerReferenceTime) ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(data->wallclock);
        }
    }

    /// <summary>
    /// The codec's new header (avcC and the like) where the stream changes in its middle; empty else. Decoders follow it by
    /// themselves (side data AV_PKT_DATA_NEW_EXTRADATA). Valid until the packet changes or is disposed.
    /// </summary>
    public ReadOnlySpan<byte> NewExtradata
    {
        get
        {
            nuint size;
            var data = CodecFunctions.av_packet_get_side_data(Native, AV_PKT_DATA_NEW_EXTRADATA, &size);
            return new ReadOnlySpan<byte>(data, data is null ? 0 : checked((int)size));
        }
    }

    internal AVPacket* Native => (AVPacket*)_handle.Pointer;

    /// <summary>Makes this packet a second reference to the data of another; what it held is dropped.</summary>
    public void CopyRef(Packet source)
    {
        Clear();
        _ = Averror.Check(CodecFunctions.av_packet_ref(Native, source.Native), "Referencing a packet");
    }

    /// <summary>A new packet that refers to the same data; the caller disposes it.</summary>
    public Packet Clone()
    {
        var clone = new Packet();
        clone.CopyRef(this);
        return clone;
    }

    /// <summary>Makes this packet a copy of some bytes; time stamps and flags are empty.</summary>
    public void SetData(ReadOnlySpan<byte> data)
    {
        Clear();
        _ = Averror.Check(CodecFunctions.av_new_packet(Native, data.Length), "Allocating a packet's data");
        data.CopyTo(new Span<byte>(Native->data, Native->size));
    }

    /// <summary>The data for writing; copied first when others refer to it too. Valid until the packet changes or is disposed.</summary>
    public Span<byte> GetWritableData()
    {
        _ = Averror.Check(CodecFunctions.av_packet_make_writable(Native), "Copying a packet's data");
        return new Span<byte>(Native->data, Native->size);
    }

    /// <summary>Says whether decoding can start here.</summary>
    public void MarkKey(bool isKey)
    {
        Native->flags = isKey ? Native->flags | AV_PKT_FLAG_KEY : Native->flags & ~AV_PKT_FLAG_KEY;
    }

    /// <summary>Converts time stamps and duration from one time base to another.</summary>
    public void Rescale(Rational from, Rational to)
    {
        CodecFunctions.av_packet_rescale_ts(Native, from.ToNative(), to.ToNative());
    }

    /// <summary>Drops the data; the packet stays usable.</summary>
    public void Clear()
    {
        CodecFunctions.av_packet_unref(Native);
    }

    /// <summary>Drops the data and the packet.</summary>
    public void Dispose()
    {
        _handle.Dispose();
    }

    private sealed class PacketHandle(AVPacket* packet) : OwnedHandle(packet)
    {
        protected override void Release(void* pointer)
        {
            var packet = (AVPacket*)pointer;
            CodecFunctions.av_packet_free(&packet);
        }
    }
}
