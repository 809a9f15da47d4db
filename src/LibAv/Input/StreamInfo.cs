using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>What an opened input says about one of its streams. Immutable; its parameters live as long as the demuxer.</summary>
public sealed class StreamInfo
{
    internal unsafe StreamInfo(AVStream* stream)
    {
        Index = stream->index;
        TimeBase = Rational.From(stream->time_base);
        AverageFrameRate = Rational.From(stream->avg_frame_rate);
        BaseFrameRate = Rational.From(stream->r_frame_rate);
        StartTime = stream->start_time;
        Duration = stream->duration == AV_NOPTS_VALUE ? 0 : stream->duration;
        FrameCount = stream->nb_frames;
        IsAttachedPicture = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        Parameters = CodecParameters.CopyOf(stream->codecpar);
        var aspect = Rational.From(stream->sample_aspect_ratio);
        SampleAspectRatio = aspect.IsKnown ? aspect : Parameters.SampleAspectRatio;
    }

    /// <summary>Index in the container; packets name it.</summary>
    public int Index { get; }

    /// <summary>What the stream carries.</summary>
    public MediaKind Kind => Parameters.Kind;

    /// <summary>The codec's name: h264, hevc, aac.</summary>
    public string CodecName => Parameters.CodecName;

    /// <summary>Seconds per tick of the packets' time stamps.</summary>
    public Rational TimeBase { get; }

    /// <summary>Frames a second on average; 0/0 when unknown.</summary>
    public Rational AverageFrameRate { get; }

    /// <summary>The lowest frame rate that fits all time stamps; 0/0 when unknown.</summary>
    public Rational BaseFrameRate { get; }

    /// <summary>The frame rate to go by: the average, else the base one; 0/0 when both are unknown.</summary>
    public Rational FrameRate => AverageFrameRate.IsKnown ? AverageFrameRate : BaseFrameRate;

    /// <summary>Width of a pixel over its height; 0/1 when unknown.</summary>
    public Rational SampleAspectRatio { get; }

    /// <summary>First time stamp in ticks, <see cref="Packet.NoPts"/> when unknown.</summary>
    public long StartTime { get; }

    /// <summary>Duration in ticks, 0 when unknown or live.</summary>
    public long Duration { get; }

    /// <summary>Number of frames that the container claims, 0 when unknown or live.</summary>
    public long FrameCount { get; }

    /// <summary>Whether it is a single still picture that comes with a sound file.</summary>
    public bool IsAttachedPicture { get; }

    /// <summary>How the stream is coded.</summary>
    public CodecParameters Parameters { get; }
}
