using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <content>The samples: count, rate, channels, data.</content>
public sealed unsafe partial class Frame
{
    /// <summary>Samples per channel; 0 for a picture.</summary>
    public int SampleCount => Native->nb_samples;

    /// <summary>Samples a second and channel.</summary>
    public int SampleRate => Native->sample_rate;

    /// <summary>Number of channels.</summary>
    public int Channels => Native->ch_layout->nb_channels;

    /// <summary>How a sample is stored; of meaning only when <see cref="SampleCount"/> is above 0.</summary>
    public SampleFormat SampleFormat => (SampleFormat)Native->format;

    /// <summary>Planes of samples: one per channel for planar formats, one for the others.</summary>
    public int SamplePlaneCount => SampleCount == 0 ? 0 : UtilFunctions.av_sample_fmt_is_planar(Native->format) != 0 ? Channels : 1;

    /// <summary>The bytes of a plane of samples, valid until the frame changes or is disposed.</summary>
    public ReadOnlySpan<byte> Samples(int plane)
    {
        return SampleBytes(plane);
    }

    /// <summary>As <see cref="Samples"/>, for writing.</summary>
    /// <exception cref="InvalidOperationException">Others refer to the data: call <see cref="MakeWritable"/> first.</exception>
    public Span<byte> WritableSamples(int plane)
    {
        return IsWritable ? SampleBytes(plane) : throw new InvalidOperationException("The frame's data is shared: call MakeWritable before writing to it.");
    }

    /// <summary>Gives the frame a buffer of its own for samples, contents undefined; what it held is dropped.</summary>
    /// <param name="count">Samples per channel.</param>
    /// <param name="rate">Samples a second and channel.</param>
    /// <param name="channels">Number of channels, in libav's usual layout for that number.</param>
    /// <param name="format">How a sample is stored.</param>
    public void AllocateAudio(int count, int rate, int channels, SampleFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        Clear();
        Native->nb_samples = count;
        Native->sample_rate = rate;
        Native->format = (int)format;
        UtilFunctions.av_channel_layout_default(Native->ch_layout, channels);
        _ = Averror.Check(UtilFunctions.av_frame_get_buffer(Native, 0), "Allocating samples");
    }

    private Span<byte> SampleBytes(int plane)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)plane, (uint)SamplePlaneCount, nameof(plane));
        var perPlane = SamplePlaneCount == 1 ? Channels : 1;
        return new Span<byte>(Native->extended_data[plane], SampleCount * perPlane * UtilFunctions.av_get_bytes_per_sample(Native->format));
    }
}
