using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>
/// Brings samples to one format, rate and channel count (libswresample). One thread at a time. Follows the source when its
/// own change.
/// </summary>
public sealed unsafe class Resampler : IDisposable
{
    private readonly ResamplerHandle _handle = new();
    private readonly SampleFormat _format;
    private readonly int _sampleRate;
    private readonly int _channels;
    private readonly Rational _sourceTimeBase;
    private (SampleFormat Format, int Rate, int Channels) _source;

    /// <summary>Makes a resampler.</summary>
    /// <param name="format">Sample format that comes out.</param>
    /// <param name="sampleRate">Samples a second and channel that come out.</param>
    /// <param name="channels">Number of channels that come out.</param>
    /// <param name="sourceTimeBase">Seconds per tick of the source's time stamps; those that come out count samples.</param>
    public Resampler(SampleFormat format, int sampleRate, int channels, Rational sourceTimeBase)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        _ = LibAvLibraries.Load();
        (_format, _sampleRate, _channels, _sourceTimeBase) = (format, sampleRate, channels, sourceTimeBase);
    }

    /// <summary>Converts samples; some stay behind in the filter and come with the next ones.</summary>
    /// <param name="source">Samples of any format.</param>
    /// <param name="destination">Gets what is ready; what it held is dropped.</param>
    /// <returns>Whether anything is ready.</returns>
    public bool Convert(Frame source, Frame destination)
    {
        if (source.SampleCount == 0)
        {
            throw new ArgumentException("The frame holds no samples.", nameof(source));
        }

        Follow(source);
        var ready = ResampleFunctions.swr_get_delay(_handle.Pointer, _sampleRate);
        var pts = source.Pts == Packet.NoPts ? Packet.NoPts : _sourceTimeBase.Rescale(source.Pts, new Rational(1, _sampleRate)) - ready;
        return Take(destination, source.Native->extended_data, source.SampleCount, pts);
    }

    /// <summary>Takes what stayed behind in the filter, at the end.</summary>
    /// <param name="destination">Gets the rest, without a time stamp; what it held is dropped.</param>
    /// <returns>Whether there was anything.</returns>
    public bool Drain(Frame destination)
    {
        return !_handle.IsInvalid && Take(destination, null, 0, Packet.NoPts);
    }

    /// <summary>Frees the filter.</summary>
    public void Dispose()
    {
        _handle.Dispose();
    }

    private void Follow(Frame source)
    {
        var wanted = (source.SampleFormat, source.SampleRate, source.Channels);
        if (!_handle.IsInvalid && wanted == _source)
        {
            return;
        }

        _source = default;
        AVChannelLayout layout;
        UtilFunctions.av_channel_layout_default(&layout, _channels);
        try
        {
            var context = _handle.Pointer;
            ResampleFunctions.swr_free(&context);
            var status = ResampleFunctions.swr_alloc_set_opts2(
                &context, &layout, (int)_format, _sampleRate, source.Native->ch_layout, (int)source.SampleFormat, source.SampleRate, 0, null);
            _handle.Replace(context);
            _ = Averror.Check(status, "Preparing the resampler");
            _ = Averror.Check(ResampleFunctions.swr_init(context), "Opening the resampler");
            _source = wanted;
        }
        finally
        {
            UtilFunctions.av_channel_layout_uninit(&layout);
        }
    }

    private bool Take(Frame destination, byte** data, int count, long pts)
    {
        var most = Averror.Check(ResampleFunctions.swr_get_out_samples(_handle.Pointer, count), "Resampling");
        if (most == 0)
        {
            destination.Clear();
            return false;
        }

        destination.AllocateAudio(most, _sampleRate, _channels, _format);
        var written = Averror.Check(ResampleFunctions.swr_convert(_handle.Pointer, destination.Native->extended_data, most, data, count), "Resampling");
        destination.Native->nb_samples = written;
        destination.Pts = pts;
        return written > 0;
    }

    private sealed class ResamplerHandle() : OwnedHandle(null)
    {
        public void Replace(void* context)
        {
            SetHandle((nint)context);
        }

        protected override void Release(void* pointer)
        {
            var context = pointer;
            ResampleFunctions.swr_free(&context);
        }
    }
}
