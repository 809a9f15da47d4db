using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// An opened input: file, network stream, device or generator. One thread opens, reads and disposes it; only the token may
/// come from another. Every call ends by its deadline or within about 100 ms of cancellation, on sockets; a device driver
/// that blocks cannot be interrupted.
/// </summary>
public sealed unsafe class Demuxer : IDisposable
{
    private readonly InputHandle _input;
    private readonly TimeSpan _readTimeout;
    private readonly CancellationToken _cancellationToken;
    private readonly List<StreamInfo> _streams = [];

    private Demuxer(InputHandle input, string url, TimeSpan readTimeout, CancellationToken cancellationToken)
    {
        _input = input;
        _readTimeout = readTimeout;
        _cancellationToken = cancellationToken;
        Url = UrlSecrets.MaskAddress(url);
        FormatName = NativeText.Read(input.Context->iformat->name);
        AddNewStreams();
    }

    /// <summary>What was opened, secrets masked.</summary>
    public string Url { get; }

    /// <summary>Name of the input format: rtsp, flv, or several that share a demuxer (mov,mp4,...).</summary>
    public string FormatName { get; }

    /// <summary>Options that neither the protocol nor the format knew.</summary>
    public IReadOnlyList<string> UnusedOptions => _input.UnusedOptions;

    /// <summary>The streams, by index. Some formats find further ones while reading; they are added then.</summary>
    public IReadOnlyList<StreamInfo> Streams => _streams;

    /// <summary>The first stream with pictures that is not a still, null when there is none.</summary>
    public StreamInfo? Video => _streams.Find(stream => stream.Kind == MediaKind.Video && !stream.IsAttachedPicture);

    /// <summary>The first stream with sound, null when there is none.</summary>
    public StreamInfo? Audio => _streams.Find(stream => stream.Kind == MediaKind.Audio);

    /// <summary>Length of the input, null when unknown or live.</summary>
    public TimeSpan? Duration => _input.Context->duration is var duration && duration is AV_NOPTS_VALUE or <= 0 ? null : TimeSpan.FromMicroseconds(duration);

    /// <summary>Opens an input and finds its streams.</summary>
    /// <param name="url">File, URL, device or, with the format lavfi, a filter description.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening, and every later read.</param>
    /// <exception cref="LibAvException">It cannot be opened; <see cref="LibAvException.Error"/> says why, TimedOut being our own deadline.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Demuxer Open(string url, DemuxerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        _ = LibAvLibraries.Load();
        options ??= new DemuxerOptions();
        return new Demuxer(InputHandle.Open(url, options, cancellationToken), url, options.ReadTimeout, cancellationToken);
    }

    /// <summary>Reads the next packet of any stream; what the packet held is dropped in any case.</summary>
    /// <exception cref="LibAvException">The connection broke, or the data is not what the format promises.</exception>
    public ReadResult Read(Packet packet)
    {
        packet.Clear();
        _input.Gate.Arm(_readTimeout);
        while (!_cancellationToken.IsCancellationRequested)
        {
            var status = FormatFunctions.av_read_frame(_input.Context, packet.Native);
            if (status < 0)
            {
                return Unread(status);
            }

            if (_input.Context->nb_streams > _streams.Count)
            {
                AddNewStreams();
            }

            if (_input.Context->streams[packet.StreamIndex]->discard != AVDISCARD_ALL)
            {
                return ReadResult.Packet;
            }

            // Read ahead at opening, before its stream was deselected.
            packet.Clear();
        }

        return ReadResult.Cancelled;
    }

    /// <summary>Goes back to the first packet, to play a file again. Decoders need a flush.</summary>
    /// <exception cref="LibAvException">The input cannot seek.</exception>
    public void SeekToStart()
    {
        _input.Gate.Arm(_readTimeout);
        var start = _input.Context->start_time is var time && time != AV_NOPTS_VALUE ? time : 0;
        _ = Averror.Check(FormatFunctions.avformat_seek_file(_input.Context, -1, long.MinValue, start, start, AVSEEK_FLAG_BACKWARD), "Rewinding", Url);
    }

    /// <summary>Says whether packets of a stream are wanted; those of others are dropped as early as the format allows. All are, at first.</summary>
    public void Select(int streamIndex, bool wanted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)streamIndex, (uint)_streams.Count, nameof(streamIndex));
        _input.Context->streams[streamIndex]->discard = wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }

    /// <summary>
    /// Looks at a stream anew and replaces its entry in <see cref="Streams"/>, whose parameters are disposed. For inputs opened
    /// without <see cref="DemuxerOptions.FindStreamInfo"/>: some formats (flv) learn a codec's header only from its first packets.
    /// </summary>
    public StreamInfo Refresh(int streamIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)streamIndex, (uint)_streams.Count, nameof(streamIndex));
        var info = new StreamInfo(_input.Context->streams[streamIndex]);
        _streams[streamIndex].Parameters.Dispose();
        _streams[streamIndex] = info;
        return info;
    }

    /// <summary>Says goodbye to the other end, waiting at most half a second, and closes the input.</summary>
    public void Dispose()
    {
        _input.Dispose();
        foreach (var stream in _streams)
        {
            stream.Parameters.Dispose();
        }
    }

    private ReadResult Unread(int status)
    {
        // The gate is asked first: some demuxers report an interrupted wait as an end or as an I/O error. AVERROR_EXIT with
        // a gate that was not asked is the memory that libav keeps of an earlier interruption.
        return _input.Gate.Cause switch
        {
            InterruptCause.Cancelled => ReadResult.Cancelled,
            InterruptCause.Deadline => ReadResult.TimedOut,
            _ => status switch
            {
                Averror.Again => ReadResult.Again,
                AVERROR_EOF => ReadResult.EndOfStream,
                AVERROR_EXIT => ReadResult.TimedOut,
                _ => throw Averror.Exception(status, "Reading", Url),
            },
        };
    }

    private void AddNewStreams()
    {
        for (var i = _streams.Count; i < _input.Context->nb_streams; i++)
        {
            _streams.Add(new StreamInfo(_input.Context->streams[i]));
        }
    }
}
