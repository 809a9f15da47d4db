using System.Globalization;

namespace VisionStream.EndToEnd.Peers;

/// <summary>
/// What an <see cref="FfmpegPublisher"/> sends. A clip with nothing but its name is copied as it is; any wish about the
/// picture makes ffmpeg encode it with x264.
/// </summary>
public sealed record FfmpegPublisherOptions
{
    /// <summary>The file to send (default: null, a moving test picture).</summary>
    public string? Clip { get; init; }

    /// <summary>Whether the clip begins again when it ends (default: true).</summary>
    public bool Loop { get; init; } = true;

    /// <summary>The picture's size, as 1280x720 (default: null, the clip's; 640x360 for the test picture).</summary>
    public string? Size { get; init; }

    /// <summary>Frames a second (default: null, the clip's; 30 for the test picture).</summary>
    public int? FramesPerSecond { get; init; }

    /// <summary>Frames from one key frame to the next (default: null, the clip's; 30 where ffmpeg encodes).</summary>
    public int? GroupOfPictures { get; init; }

    /// <summary>B-frames in a row (default: null, the clip's; none where ffmpeg encodes).</summary>
    public int? BFrames { get; init; }

    /// <summary>ffmpeg's name of the pixel format (default: null, the clip's; yuv420p for the test picture).</summary>
    public string? PixelFormat { get; init; }

    /// <summary>Whether a 440 Hz tone goes with the picture, as AAC (default: false).</summary>
    public bool Audio { get; init; }

    /// <summary>Spoils one byte in so many of the frames between key frames, as a bad network does (default: null, none).</summary>
    public int? SpoilOneByteIn { get; init; }

    private bool Encodes => Clip is null || Size is not null || FramesPerSecond is not null || GroupOfPictures is not null
        || BFrames is not null || PixelFormat is not null;

    /// <summary>ffmpeg's arguments to send this to <paramref name="url"/>, in real time.</summary>
    internal IReadOnlyList<string> Arguments(string url)
    {
        List<string> arguments = ["-hide_banner", "-nostdin", "-loglevel", "warning", "-nostats", "-progress", "pipe:1"];
        arguments.AddRange(Clip is null
            ? ["-re", "-f", "lavfi", "-i", $"testsrc2=size={Size ?? "640x360"}:rate={FramesPerSecond ?? 30}"]
            : ["-re", "-stream_loop", Loop ? "-1" : "0", "-i", Clip]);
        if (Audio)
        {
            arguments.AddRange(["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100", "-map", "1:a:0", "-c:a", "aac"]);
        }

        arguments.AddRange(["-map", "0:v:0", .. Encodes ? Encoding() : ["-c:v", "copy"]]);
        if (SpoilOneByteIn is { } bytes)
        {
            // The filter's amount is an expression for each packet: 0 leaves the packet as it is.
            arguments.AddRange(["-bsf:v", $"noise=amount=if(key\\,0\\,{bytes})"]);
        }

        arguments.AddRange(url.StartsWith("rtsp", StringComparison.Ordinal)
            ? ["-f", "rtsp", "-rtsp_transport", "tcp", url]
            : ["-f", "flv", url]);
        return arguments;
    }

    private List<string> Encoding()
    {
        List<string> encoding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", PixelFormat ?? "yuv420p"];
        encoding.AddRange(["-g", Text(GroupOfPictures ?? 30), "-bf", Text(BFrames ?? 0)]);
        if (BFrames is null or 0)
        {
            encoding.AddRange(["-tune", "zerolatency"]);
        }

        // The test picture is made in the wanted shape; a clip is brought to it.
        if (Clip is not null && Size is not null)
        {
            encoding.AddRange(["-s", Size]);
        }

        if (Clip is not null && FramesPerSecond is { } rate)
        {
            encoding.AddRange(["-r", Text(rate)]);
        }

        return encoding;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
