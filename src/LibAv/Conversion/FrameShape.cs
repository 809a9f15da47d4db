using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>What must stay the same for a filter graph to go on.</summary>
internal sealed unsafe record FrameShape
{
    // Longest text of av_channel_layout_describe that is of use here.
    private const int DescriptionSize = 128;

    // libavfilter 10 (FFmpeg 7) negotiates colours and takes them as arguments of its source; older ones have no such names.
    private const int FirstFilterMajorWithColors = 10;

    private int Format { get; init; }

    private int Width { get; init; }

    private int Height { get; init; }

    private int SampleRate { get; init; }

    private int Channels { get; init; }

    private ColorSpace ColorSpace { get; init; }

    private ColorRange ColorRange { get; init; }

    private Rational Aspect { get; init; }

    private string ChannelLayout { get; init; } = "";

    /// <summary>Whether it is of samples.</summary>
    public bool IsAudio => SampleRate > 0;

    /// <summary>The shape of a frame.</summary>
    public static FrameShape Of(Frame frame)
    {
        if (!frame.HasData)
        {
            throw new ArgumentException("The frame is empty.", nameof(frame));
        }

        return new FrameShape
        {
            Format = frame.Native->format,
            Width = frame.Width,
            Height = frame.Height,
            SampleRate = frame.SampleCount > 0 ? frame.SampleRate : 0,
            Channels = frame.Channels,
            ColorSpace = frame.ColorSpace,
            ColorRange = frame.ColorRange,
            Aspect = frame.SampleAspectRatio,
            ChannelLayout = frame.SampleCount > 0 ? Describe(frame) : "",
        };
    }

    /// <summary>Whether a frame is of this shape; allocates nothing.</summary>
    public bool Fits(Frame frame)
    {
        return frame.HasData && frame.Native->format == Format && frame.Width == Width && frame.Height == Height && frame.Channels == Channels
            && (frame.SampleCount > 0 ? frame.SampleRate : 0) == SampleRate && frame.ColorSpace == ColorSpace && frame.ColorRange == ColorRange;
    }

    /// <summary>The arguments of a buffer or abuffer filter.</summary>
    public string SourceArguments(Rational timeBase, Rational frameRate)
    {
        if (IsAudio)
        {
            return $"time_base={timeBase}:sample_rate={SampleRate}:sample_fmt={NativeText.Read(UtilFunctions.av_get_sample_fmt_name(Format))}:channel_layout={ChannelLayout}";
        }

        var arguments = $"video_size={Width}x{Height}:pix_fmt={PixelFormats.Of(Format).Name}:time_base={timeBase}:pixel_aspect={(Aspect.IsKnown ? Aspect : new Rational(0, 1))}";
        arguments += frameRate.IsKnown ? $":frame_rate={frameRate}" : "";
        return LibAvLibraries.FilterMajor >= FirstFilterMajorWithColors ? $"{arguments}:colorspace={(int)ColorSpace}:range={(int)ColorRange}" : arguments;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return IsAudio
            ? $"{NativeText.Read(UtilFunctions.av_get_sample_fmt_name(Format))} samples, {Channels} channels at {SampleRate} Hz"
            : $"{PixelFormats.Of(Format).Name} {Width}x{Height}";
    }

    private static string Describe(Frame frame)
    {
        var text = stackalloc byte[DescriptionSize];
        _ = Averror.Check(UtilFunctions.av_channel_layout_describe(frame.Native->ch_layout, text, DescriptionSize), "Describing a channel layout");
        return NativeText.Read(text);
    }
}
