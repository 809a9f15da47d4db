using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>Which sample formats an encoder takes: asked by a function in newer majors, a list on the codec in older ones.</summary>
internal static unsafe class EncoderSampleFormats
{
    /// <summary>The format that an encoder likes best.</summary>
    public static SampleFormat Preferred(CodecHandle codec)
    {
        var formats = List(codec);
        return formats is null ? SampleFormat.FltP : (SampleFormat)formats[0];
    }

    // Null: any format will do. Otherwise at least one entry.
    private static int* List(CodecHandle codec)
    {
        if (!LibAvLibraries.HasExport("avcodec", nameof(CodecFunctions.avcodec_get_supported_config)))
        {
            return codec.Codec->sample_fmts;
        }

        void* formats;
        int count;
        _ = Averror.Check(
            CodecFunctions.avcodec_get_supported_config(codec.Context, codec.Codec, AV_CODEC_CONFIG_SAMPLE_FORMAT, 0, &formats, &count), "Asking for the sample formats of", codec.Name);
        return count > 0 ? (int*)formats : null;
    }
}
