using Microsoft.Extensions.Logging;
using VisionStream.LibAv;

namespace VisionStream.Restream.Encoding;

/// <summary>
/// Opens H.264 encoders so that every picture comes out at once and a viewer can join at any key frame: no B-frames, no look-ahead,
/// parameter sets in the stream as well as in the container's header.
/// </summary>
internal static class H264Encoder
{
    private const string Software = "libx264";
    private const string Vaapi = "h264_vaapi";

    /// <summary>Opens the encoder asked for, or libx264 when it cannot be had here.</summary>
    /// <param name="encoding">How.</param>
    /// <param name="picture">Size, format and colours of the pictures, time base, and a hint of the frame rate.</param>
    /// <param name="logger">Hears of the replacement.</param>
    /// <exception cref="LibAvException">libx264 cannot be had either.</exception>
    public static VideoEncoder Open(VideoEncoding encoding, VideoEncoderOptions picture, ILogger logger)
    {
        if (encoding.Encoder != Software)
        {
            try
            {
                return VideoEncoder.Open(For(encoding, picture, encoding.Encoder));
            }
            catch (LibAvException e)
            {
                Log.EncoderReplaced(logger, encoding.Encoder, e.Message);
            }
        }

        return VideoEncoder.Open(For(encoding, picture, Software));
    }

    private static VideoEncoderOptions For(VideoEncoding encoding, VideoEncoderOptions picture, string encoder)
    {
        var bitRate = encoding.BitRateFor(picture.Width, picture.Height);
        var frameRate = picture.FrameRate.IsKnown ? picture.FrameRate.Value : 30;
        return picture with
        {
            Encoder = encoder,
            Device = encoder == Vaapi ? "vaapi" : null,
            BitRate = bitRate,
            MaxBitRate = bitRate,

            // Half a second of bits: a key frame may be several times as large as the others, and no more than that may pile up.
            RateBufferBits = bitRate / 2,

            // The caller asks for key frames by time. This bound is for encoders that do not listen.
            GopSize = Math.Max(1, (int)Math.Round(encoding.KeyFrameInterval.TotalSeconds * frameRate * 2)),
            GlobalHeader = true,
            Threads = encoding.ThreadsFor(picture.Height),
            Options = OptionsFor(encoding, encoder),
        };
    }

    private static MediaOptions OptionsFor(VideoEncoding encoding, string encoder) => encoder switch
    {
        Software => MediaOptions.None
            .With("preset", encoding.Preset)
            .With("tune", "zerolatency")
            .With("forced-idr", "1")
            .With("x264-params", "repeat-headers=1:scenecut=0"),
        "h264_nvenc" => MediaOptions.None.With("tune", "ull").With("zerolatency", "1").With("delay", "0").With("forced-idr", "1"),

        // One picture at a time: by default it holds one back to work on two at once.
        Vaapi => MediaOptions.None.With("async_depth", "1"),
        _ => MediaOptions.None,
    };
}
