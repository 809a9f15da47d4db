using VisionStream.LibAv;

namespace VisionStream.Restream.Targets;

/// <summary>
/// Any thread may write, one at a time gets through; one opens and disposes. An open target: the connection and its tracks. Keeps
/// each track's times rising, which muxers insist on, whatever the source does.
/// </summary>
internal sealed class TargetWriter : IDisposable
{
    // In a file. A track without packets holds the others up by no more than this; sound and pictures arrive closer together than that.
    private static readonly TimeSpan MaxInterleave = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Muxer _muxer;
    private readonly (Rational TimeBase, bool IsSound)[] _tracks;
    private readonly FirstPackets _first;
    private readonly long[] _lastDts;
    private readonly CancellationToken _cancellationToken;
    private bool _hasBegun;
    private long _bytes;
    private bool _isFinished;

    private TargetWriter(Muxer muxer, IReadOnlyList<TargetTrack> tracks, CancellationToken cancellationToken)
    {
        _muxer = muxer;

        // The tracks' own parameters may be gone by the time that packets come.
        _tracks = [.. tracks.Select(t => (t.TimeBase, t.Parameters.Kind == MediaKind.Audio))];
        _first = new FirstPackets([.. tracks.Select(t => t.TimeBase)]);
        _lastDts = new long[tracks.Count];
        _cancellationToken = cancellationToken;
        Array.Fill(_lastDts, Packet.NoPts);
    }

    /// <summary>Bytes of packets written.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether a write has failed, so that it is the target and not the source that has to be opened again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Reaches a target and announces the tracks.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="tracks">The tracks, numbered as packets will be.</param>
    /// <param name="timeout">The longest time for the attempt, and for each write later.</param>
    /// <param name="cancellationToken">Ends the attempt, and every later write.</param>
    /// <exception cref="LibAvException">It cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TargetWriter Open(
        TargetUrl target, IReadOnlyList<TargetTrack> tracks, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var muxer = Muxer.Open(
            target.Url,
            new MuxerOptions
            {
                Format = target.Muxer,
                Options = OptionsFor(target.Kind),
                OpenTimeout = timeout,
                WriteTimeout = timeout,
                MaxInterleave = MaxInterleave,

                // A picture would wait for the sound of its time, which comes later by as much as its way is longer.
                Interleaves = target.Kind == TargetKind.File,
            },
            cancellationToken);
        try
        {
            foreach (var track in tracks)
            {
                _ = muxer.AddStream(track.Parameters, track.TimeBase, track.FrameRate);
            }

            muxer.WriteHeader();
            return new TargetWriter(muxer, tracks, cancellationToken);
        }
        catch
        {
            muxer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes a packet, which is empty afterwards. One that does not come later than its predecessor, or has no time, is moved behind it.
    /// Left out are the packets of a track before its first one with a time, which have no place (an RTSP source begins with such where it
    /// has sound beside its pictures), and sound from before the target's first packet: not every target takes it, and nobody has seen the
    /// pictures that it belongs to.
    /// </summary>
    /// <param name="packet">Times in the track's time base.</param>
    /// <param name="track">The track's number.</param>
    /// <exception cref="LibAvException">The connection broke, or took nothing within the time-out.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(Packet packet, int track)
    {
        lock (_gate)
        {
            var dts = packet.Dts == Packet.NoPts ? packet.Pts : packet.Dts;
            if ((dts == Packet.NoPts && _lastDts[track] == Packet.NoPts) || (_hasBegun && IsTooEarly(dts, track)))
            {
                packet.Clear();
                return;
            }

            dts = Math.Max(dts, _lastDts[track] + 1);
            packet.Dts = _lastDts[track] = dts;
            packet.Pts = packet.Pts == Packet.NoPts ? dts : Math.Max(packet.Pts, dts);
            packet.StreamIndex = track;
            Interlocked.Add(ref _bytes, packet.Size);
            if (_hasBegun)
            {
                Send(packet);
            }
            else if (!_first.TryAdd(packet))
            {
                Begin();
            }
        }
    }

    /// <summary>Writes what waits and says goodbye, so that the other end knows that this was no accident.</summary>
    /// <exception cref="LibAvException">The connection broke.</exception>
    public void Finish()
    {
        lock (_gate)
        {
            if (!_isFinished)
            {
                _isFinished = true;
                if (!_hasBegun && !HasFailed && !_cancellationToken.IsCancellationRequested)
                {
                    Begin();
                }

                _muxer.Finish();
            }
        }
    }

    /// <summary>Says goodbye, if that has not been done and can be, and closes the connection.</summary>
    public void Dispose()
    {
        try
        {
            // Also after a failure: it is here that libav closes the connection of an RTSP target.
            Finish();
        }
        catch (Exception e) when (e is LibAvException or OperationCanceledException)
        {
            // The other end is gone already; there is nobody left to tell.
        }
        finally
        {
            _first.Dispose();
            _muxer.Dispose();
        }
    }

    private static MediaOptions OptionsFor(TargetKind kind)
    {
        // Each packet leaves at once instead of waiting for a buffer to fill.
        var options = MediaOptions.None.With("flush_packets", "1");
        return kind switch
        {
            TargetKind.Rtsp => options.With("rtsp_transport", "tcp"),
            TargetKind.Rtmp => options.With("flvflags", "no_duration_filesize").With("tcp_nodelay", "1"),

            // Seven MPEG-TS packets fill one of SRT's live payloads.
            TargetKind.Srt => options.With("pkt_size", "1316"),
            _ => options,
        };
    }

    private bool IsTooEarly(long dts, int track) => _tracks[track].IsSound
        && dts != Packet.NoPts
        && _tracks[track].TimeBase.Rescale(dts, Rational.Microseconds) < _first.Start;

    private void Begin()
    {
        _hasBegun = true;
        _first.Release(Send);
    }

    private void Send(Packet packet)
    {
        try
        {
            var result = _muxer.Write(packet);
            _cancellationToken.ThrowIfCancellationRequested();
            if (result == WriteResult.TimedOut)
            {
                throw new LibAvException($"{_muxer.Url} took nothing for too long.", LibAvError.TimedOut);
            }
        }
        catch (LibAvException)
        {
            HasFailed = true;
            throw;
        }
    }
}
