using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>Samples between producers and encoders that count them differently, with the time of the first one. One thread at a time.</summary>
internal sealed unsafe class AudioFifo : IDisposable
{
    // A clock that is off by more than this has jumped (a gap, another publisher); less is jitter and is smoothed. Sound that is
    // 45 ms early is noticed (ITU-R BT.1359), and what is smoothed here comes on top of what is off elsewhere.
    private const double LargestJitterSeconds = 0.03;

    private readonly FifoHandle _handle;
    private readonly int _sampleRate;
    private long? _firstPts;

    /// <summary>Makes an empty one.</summary>
    public AudioFifo(SampleFormat format, int channels, int sampleRate)
    {
        _sampleRate = sampleRate;
        _handle = new FifoHandle(Averror.Allocated(UtilFunctions.av_audio_fifo_alloc((int)format, channels, sampleRate), "Allocating an audio FIFO"));
    }

    /// <summary>Samples per channel that wait.</summary>
    public int Count => UtilFunctions.av_audio_fifo_size(_handle.Pointer);

    /// <summary>Appends the samples of a frame, whose time stamp counts samples. A jump of the clock moves the time of all that waits.</summary>
    public void Write(Frame frame)
    {
        var waiting = Count;
        var pts = frame.Pts;
        if (pts == Packet.NoPts)
        {
            _firstPts ??= 0;
        }
        else if (_firstPts is not { } first || Math.Abs(pts - (first + waiting)) > LargestJitterSeconds * _sampleRate)
        {
            _firstPts = pts - waiting;
        }

        var written = Averror.Check(UtilFunctions.av_audio_fifo_write(_handle.Pointer, (void**)frame.Native->extended_data, frame.SampleCount), "Buffering samples");
        if (written != frame.SampleCount)
        {
            throw new LibAvException($"Only {written} of {frame.SampleCount} samples could be buffered.", LibAvError.Other);
        }
    }

    /// <summary>Takes samples into a frame that has room for them, and stamps it.</summary>
    public void Read(Frame frame, int count)
    {
        var taken = Averror.Check(UtilFunctions.av_audio_fifo_read(_handle.Pointer, (void**)frame.Native->extended_data, count), "Taking samples");
        frame.Native->nb_samples = taken;
        frame.Pts = _firstPts ?? 0;
        _firstPts = frame.Pts + taken;
    }

    /// <summary>Frees the samples.</summary>
    public void Dispose()
    {
        _handle.Dispose();
    }

    private sealed class FifoHandle(void* fifo) : OwnedHandle(fifo)
    {
        protected override void Release(void* pointer)
        {
            UtilFunctions.av_audio_fifo_free(pointer);
        }
    }
}
