namespace VisionStream.LibAv;

/// <summary>The library majors that one FFmpeg release series ships together; libraries of two series must never meet in one process.</summary>
/// <param name="Name">The series, as people know it.</param>
/// <param name="Format">Major of libavformat, which names the series in this code.</param>
/// <param name="Codec">Major of libavcodec.</param>
/// <param name="Util">Major of libavutil.</param>
/// <param name="Scale">Major of libswscale.</param>
/// <param name="Resample">Major of libswresample.</param>
/// <param name="Filter">Major of libavfilter.</param>
/// <param name="Device">Major of libavdevice.</param>
internal sealed record FfmpegRelease(string Name, int Format, int Codec, int Util, int Scale, int Resample, int Filter, int Device)
{
    /// <summary>The series that the offset tables cover, newest first.</summary>
    public static IReadOnlyList<FfmpegRelease> Known { get; } =
    [
        new("9", 63, 63, 61, 10, 7, 12, 63),
        new("8", 62, 62, 60, 9, 6, 11, 62),
        new("7", 61, 61, 59, 8, 5, 10, 61),
        new("6", 60, 60, 58, 7, 4, 9, 60),
        new("5.1", 59, 59, 57, 6, 4, 8, 59),
    ];

    /// <summary>Short names and majors in the order of loading: a library comes after those that it needs itself.</summary>
    public IReadOnlyList<(string Name, int Major)> Libraries { get; } =
    [
        ("avutil", Util), ("swresample", Resample), ("swscale", Scale), ("avcodec", Codec), ("avformat", Format),
    ];

    /// <summary>Those that are loaded when they are first needed: they bring dozens of libraries of other projects with them.</summary>
    public IReadOnlyList<(string Name, int Major)> Later { get; } = [("avfilter", Filter), ("avdevice", Device)];
}
