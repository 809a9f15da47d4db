using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;

namespace VisionStream.Host.Configuration;

/// <summary>For one thread. Reads how the annotated video of a stream is coded and what becomes of its sound.</summary>
internal static class AnnotationSettingsReader
{
    /// <summary>The key <c>audio</c>: copy, opus, aac or none.</summary>
    public static AudioMode ReadAudio(SettingsNode stream) =>
        Enum.Parse<AudioMode>(stream.Choice("audio", "copy", "copy", "opus", "aac", "none"), ignoreCase: true);

    /// <summary>The keys below <c>video</c>.</summary>
    public static VideoEncoding ReadVideo(SettingsNode stream)
    {
        var usual = new VideoEncoding();
        var node = stream.Child("video");
        var video = usual with
        {
            Encoder = node.Text("encoder") ?? usual.Encoder,
            Preset = node.Text("preset") ?? usual.Preset,
            Width = node.Text("width") is null ? null : node.Whole("width", 0, 32, 8192),
            Height = node.Text("height") is null ? null : node.Whole("height", 0, 32, 8192),
            FrameRate = node.Text("fps") is null ? null : node.Number("fps", 0, 1, 120),
        };
        if (node.Text("bitrate") is { } text)
        {
            if (BitRateText.TryRead(text, out var bitRate))
            {
                video = video with { BitRate = bitRate };
            }
            else
            {
                node.Refuse("bitrate", $"'{text}' is no bit rate such as 500k or 2M");
            }
        }

        node.RefuseUnknown();
        return video;
    }
}
