using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// A decoded picture, or a run of samples (see the audio members). One thread at a time; a second owner takes a reference
/// of its own with <see cref="Ref"/>. Made once and reused: receiving into it drops what it held. Pictures may be shared
/// with a decoder and others, so their planes are read-only until <see cref="MakeWritable"/>.
/// </summary>
public sealed unsafe partial class Frame : IDisposable
{
    private readonly FrameHandle _handle;
    private PixelLayout? _layout;

    /// <summary>Makes an empty frame.</summary>
    public Frame()
    {
        _ = LibAvLibraries.Load();
        _handle = new FrameHandle((AVFrame*)Averror.Allocated(UtilFunctions.av_frame_alloc(), "Allocating a frame"));
    }

    /// <summary>Presentation time in ticks of the source's time base, or <see cref="Packet.NoPts"/>; libav's best guess where the stream is vague.</summary>
    public long Pts
    {
        get => Native->best_effort_timestamp != AV_NOPTS_VALUE ? Native->best_effort_timestamp : Native->pts;
        set
        {
            Native->pts = value;
            Native->best_effort_timestamp = value;
        }
    }

    /// <summary>Whether the picture was coded by itself and starts a run of pictures.</summary>
    public bool IsKey => Layout.Current.AVFrame_key_frame >= 0 ? Native->key_frame != 0 : (Native->flags & AV_FRAME_FLAG_KEY) != 0;

    /// <summary>Whether the decoder had to guess parts of it: bits or references were missing.</summary>
    public bool IsCorrupt => (Native->flags & AV_FRAME_FLAG_CORRUPT) != 0 || Native->decode_error_flags != 0;

    /// <summary>Whether it holds a picture or samples.</summary>
    public bool HasData => *Native->data != 0;

    /// <summary>How it was coded; set <see cref="PictureType.I"/> before encoding to ask for a key frame.</summary>
    public PictureType PictureType
    {
        get => (PictureType)Native->pict_type;
        set => Native->pict_type = (int)value;
    }

    /// <summary>Whether nobody else refers to the data.</summary>
    public bool IsWritable => UtilFunctions.av_frame_is_writable(Native) > 0;

    internal AVFrame* Native => (AVFrame*)_handle.Pointer;

    /// <summary>Makes this frame a second reference to the data of another; what it held is dropped, the other stays as it is.</summary>
    public void Ref(Frame source)
    {
        Clear();
        _ = Averror.Check(UtilFunctions.av_frame_ref(Native, source.Native), "Referencing a frame");
    }

    /// <summary>Takes over the data of another, which is empty afterwards.</summary>
    public void MoveFrom(Frame source)
    {
        Clear();
        UtilFunctions.av_frame_move_ref(Native, source.Native);
    }

    /// <summary>Makes the data this frame's own, by a copy when others refer to it.</summary>
    public void MakeWritable()
    {
        _ = Averror.Check(UtilFunctions.av_frame_make_writable(Native), "Copying a frame's data");
    }

    /// <summary>Copies time stamp, colours, aspect and the like, not the data.</summary>
    public void CopyPropertiesFrom(Frame source)
    {
        _ = Averror.Check(UtilFunctions.av_frame_copy_props(Native, source.Native), "Copying a frame's properties");
    }

    /// <summary>Copies the data of a frame of the same size and format into this one's buffers, which must be its own.</summary>
    public void CopyDataFrom(Frame source)
    {
        _ = Averror.Check(UtilFunctions.av_frame_copy(Native, source.Native), "Copying a frame");
    }

    /// <summary>Drops the data; the frame stays usable.</summary>
    public void Clear()
    {
        UtilFunctions.av_frame_unref(Native);
    }

    /// <summary>Drops the data and the frame.</summary>
    public void Dispose()
    {
        _handle.Dispose();
    }

    private sealed class FrameHandle(AVFrame* frame) : OwnedHandle(frame)
    {
        protected override void Release(void* pointer)
        {
            var frame = (AVFrame*)pointer;
            UtilFunctions.av_frame_free(&frame);
        }
    }
}
