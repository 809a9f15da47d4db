using VisionStream.LibAv.Native;
using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>
/// An output: file or network stream. One thread opens, writes and disposes it; only the token may come from another. In
/// this order: Open, AddStream for each stream, WriteHeader, Write, Finish, Dispose. Without Finish a file lacks its index
/// and a server learns of the end by the closed connection only. Every call on a socket ends by its deadline or within about
/// 100 ms of cancellation.
/// </summary>
public sealed unsafe class Muxer : IDisposable
{
    private readonly OutputHandle _output;
    private readonly OptionDictionary _options;
    private readonly string _url;
    private readonly MuxerOptions _settings;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Rational> _timeBases = [];
    private bool _headerWritten;

    private Muxer(OutputHandle output, OptionDictionary options, string url, MuxerOptions settings, CancellationToken cancellationToken)
    {
        _output = output;
        _options = options;
        _url = url;
        _settings = settings;
        _cancellationToken = cancellationToken;
        Url = UrlSecrets.MaskAddress(url);
        FormatName = NativeText.Read(output.Context->oformat->name);
        WantsGlobalHeader = (output.Context->oformat->flags & AVFMT_GLOBALHEADER) != 0;
    }

    /// <summary>What was opened, secrets masked.</summary>
    public string Url { get; }

    /// <summary>Name of the output format.</summary>
    public string FormatName { get; }

    /// <summary>Whether the format keeps parameter sets apart from the packets, so that encoders must be opened with a global header.</summary>
    public bool WantsGlobalHeader { get; }

    /// <summary>Options that neither the protocol nor the format knew; complete once the header is written.</summary>
    public IReadOnlyList<string> UnusedOptions { get; private set; } = [];

    /// <summary>Opens an output; some formats (RTSP) connect only when the header is written.</summary>
    /// <param name="url">File or URL.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the opening, and every later call.</param>
    /// <exception cref="LibAvException">It cannot be opened; <see cref="LibAvException.Error"/> says why, TimedOut being our own deadline.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Muxer Open(string url, MuxerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        _ = LibAvLibraries.Load();
        options ??= new MuxerOptions();
        // The caller's own value for max_interleave_delta wins.
        var interleave = MediaOptions.None.With("max_interleave_delta", (long)options.MaxInterleave.TotalMicroseconds);
        var dictionary = new OptionDictionary(interleave.With(options.Options));
        try
        {
            return new Muxer(OutputHandle.Open(url, options, dictionary, cancellationToken), dictionary, url, options, cancellationToken);
        }
        catch
        {
            dictionary.Dispose();
            throw;
        }
    }

    /// <summary>Adds the stream of an encoder.</summary>
    /// <returns>Its index, which packets must name.</returns>
    public int AddStream(VideoEncoder encoder)
    {
        return AddStream(encoder.Parameters, encoder.TimeBase, encoder.FrameRate);
    }

    /// <inheritdoc cref="AddStream(VideoEncoder)"/>
    public int AddStream(AudioEncoder encoder)
    {
        return AddStream(encoder.Parameters, encoder.TimeBase);
    }

    /// <summary>Adds a stream whose packets are copied from an input.</summary>
    /// <returns>Its index, which packets must name.</returns>
    public int AddStream(StreamInfo source)
    {
        return AddStream(source.Parameters, source.TimeBase, source.AverageFrameRate);
    }

    /// <summary>Adds a stream.</summary>
    /// <param name="parameters">How it is coded; copied, without the four-letter tag, which differs from format to format.</param>
    /// <param name="timeBase">Seconds per tick of the packets that will be written.</param>
    /// <param name="frameRate">Frames a second as a hint for the header; default for unknown.</param>
    /// <returns>Its index, which packets must name.</returns>
    public int AddStream(CodecParameters parameters, Rational timeBase, Rational frameRate = default)
    {
        if (_headerWritten)
        {
            throw new InvalidOperationException("Streams cannot be added once the header is written.");
        }

        var stream = (AVStream*)Averror.Allocated(FormatFunctions.avformat_new_stream(_output.Context, null), "Adding a stream");
        _ = Averror.Check(CodecFunctions.avcodec_parameters_copy(stream->codecpar, parameters.Native), "Copying codec parameters");
        stream->codecpar->codec_tag = 0;
        stream->time_base = timeBase.ToNative();
        stream->sample_aspect_ratio = stream->codecpar->sample_aspect_ratio;
        if (frameRate.IsKnown)
        {
            stream->avg_frame_rate = frameRate.ToNative();
        }

        _timeBases.Add(timeBase);
        return stream->index;
    }

    /// <summary>Announces the streams; RTSP connects here.</summary>
    /// <exception cref="LibAvException">The other end refused, or the format does not take one of the codecs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void WriteHeader()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _output.Gate.Arm(_settings.OpenTimeout);
        var status = FormatFunctions.avformat_write_header(_output.Context, _options.Address);
        if (status < 0)
        {
            throw _output.Failure(status, "Writing the header of", _url, _settings.OpenTimeout, _cancellationToken);
        }

        UnusedOptions = _options.Unused;
        _headerWritten = true;
    }

    /// <summary>
    /// Writes a packet, in order with those of other streams unless <see cref="MuxerOptions.Interleaves"/> is off. Its time stamps are in the time base that the stream was added
    /// with, and rise. The packet is empty afterwards; write a <see cref="Packet.Clone"/> to keep it.
    /// </summary>
    /// <exception cref="LibAvException">The connection broke, or the time stamps do not rise.</exception>
    public WriteResult Write(Packet packet)
    {
        if (!_headerWritten)
        {
            throw new InvalidOperationException("The header must be written before packets.");
        }

        var index = packet.StreamIndex;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_timeBases.Count, nameof(packet));
        if (_cancellationToken.IsCancellationRequested)
        {
            return WriteResult.Cancelled;
        }

        packet.Rescale(_timeBases[index], Rational.From(_output.Context->streams[index]->time_base));
        _output.Gate.Arm(_settings.WriteTimeout);
        int status;
        if (_settings.Interleaves)
        {
            status = FormatFunctions.av_interleaved_write_frame(_output.Context, packet.Native);
        }
        else
        {
            status = FormatFunctions.av_write_frame(_output.Context, packet.Native);
            packet.Clear();
        }

        if (status >= 0)
        {
            return WriteResult.Written;
        }

        return _output.Gate.Cause switch
        {
            InterruptCause.Cancelled => WriteResult.Cancelled,
            InterruptCause.Deadline => WriteResult.TimedOut,
            _ => status == AVERROR_EXIT ? WriteResult.TimedOut : throw Averror.Exception(status, "Writing to", _url),
        };
    }

    /// <summary>Writes what waits and the end. Happens although the token may be cancelled, within the open timeout.</summary>
    /// <exception cref="LibAvException">The connection broke.</exception>
    public void Finish()
    {
        if (!_headerWritten)
        {
            throw new InvalidOperationException("The header must be written before the end.");
        }

        _headerWritten = false;
        _output.Gate.ArmForClosing(_settings.OpenTimeout);
        var status = FormatFunctions.av_write_trailer(_output.Context);
        if (status < 0)
        {
            throw _output.Failure(status, "Finishing", _url, _settings.OpenTimeout, _cancellationToken);
        }
    }

    /// <summary>Closes the output, waiting at most half a second for what is buffered.</summary>
    public void Dispose()
    {
        _output.Dispose();
        _options.Dispose();
    }
}
