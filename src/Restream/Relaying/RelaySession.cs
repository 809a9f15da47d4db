using VisionStream.LibAv;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;

namespace VisionStream.Restream.Relaying;

/// <summary>For one thread. One opening of source and target; packets go from one to the other as they are.</summary>
internal sealed class RelaySession : IDisposable
{
    private const int NotRelayed = -1;

    private readonly RelayOptions _options;
    private readonly Demuxer _source;
    private readonly TargetWriter _writer;
    private readonly int[] _tracks;
    private readonly GapCounter _gaps;
    private readonly SourceClock _clock;

    private RelaySession(RelayOptions options, Demuxer source, TargetWriter writer, int[] tracks, GapCounter gaps, SourceClock clock)
    {
        (_options, _source, _writer, _tracks, _gaps, _clock) = (options, source, writer, tracks, gaps, clock);
    }

    /// <summary>Packets that went on.</summary>
    public long Packets { get; private set; }

    /// <summary>Packets that came with parts missing; they go on all the same, a viewer may make something of them.</summary>
    public long Damaged { get; private set; }

    /// <summary>Bytes that went on.</summary>
    public long Bytes => _writer.Bytes;

    /// <summary>Whether it was the target that failed.</summary>
    public bool TargetHasFailed => _writer.HasFailed;

    /// <summary>Opens the source, then the target with those of its streams that it takes.</summary>
    /// <param name="options">Valid ones.</param>
    /// <param name="gaps">Counts what is missing in the pictures, from one session to the next.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sourceIsOpen">Called when only the target is left to be opened.</param>
    /// <param name="cancellationToken">Ends opening and running.</param>
    /// <exception cref="LibAvException">One of them cannot be opened, or there is nothing to relay.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RelaySession Open(
        RelayOptions options, GapCounter gaps, TimeProvider time, Action sourceIsOpen, CancellationToken cancellationToken)
    {
        var source = options.Source.Open(cancellationToken);
        try
        {
            List<TargetTrack> tracks = [];
            var numbers = new int[source.Streams.Count];
            foreach (var stream in source.Streams)
            {
                var isWanted = stream == source.Video || (stream == source.Audio && options.Sound && options.Target.Takes(stream.CodecName));
                source.Select(stream.Index, isWanted);
                numbers[stream.Index] = isWanted ? tracks.Count : NotRelayed;
                if (isWanted)
                {
                    tracks.Add(new TargetTrack(stream.Parameters, stream.TimeBase, stream.AverageFrameRate));
                }
            }

            if (tracks.Count == 0)
            {
                throw new LibAvException($"{options.Source.Redacted} has nothing that {options.Target.Kind} takes.", LibAvError.InvalidData);
            }

            sourceIsOpen();
            gaps.Restart();
            var writer = TargetWriter.Open(options.Target, tracks, options.TargetTimeout, cancellationToken);
            return new RelaySession(options, source, writer, numbers, gaps, new SourceClock(time));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Relays until the source ends.</summary>
    /// <param name="packetDone">Called after each packet, to report progress.</param>
    /// <param name="notice">Called with a sentence for a person, when there is something to say.</param>
    /// <param name="pace">Called with a packet's time before it goes on; waits when the source gives faster than real time.</param>
    /// <param name="cancellationToken">That of <see cref="Open"/>.</param>
    /// <exception cref="LibAvException">Source or target failed; <see cref="TargetHasFailed"/> says which.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(Action packetDone, Action<string> notice, Action<TimeSpan> pace, CancellationToken cancellationToken)
    {
        using var packet = new Packet();
        while (true)
        {
            switch (_source.Read(packet))
            {
                case ReadResult.Packet:
                    Pass(packet, notice, pace);
                    packetDone();
                    break;
                case ReadResult.EndOfStream:
                    _writer.Finish();
                    return;
                case ReadResult.TimedOut:
                    throw _options.Source.Silence();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _source.Dispose();
    }

    private void Pass(Packet packet, Action<string> notice, Action<TimeSpan> pace)
    {
        // Streams that the source found only later have no track at the target.
        var stream = packet.StreamIndex;
        if (stream >= _tracks.Length || _tracks[stream] == NotRelayed || packet.Size == 0)
        {
            return;
        }

        var timeBase = _source.Streams[stream].TimeBase;
        var time = packet.Dts == Packet.NoPts ? packet.Pts : packet.Dts;
        if (time != Packet.NoPts)
        {
            var own = TimeSpan.FromMicroseconds(timeBase.Rescale(time, Rational.Microseconds));
            var offset = _clock.OffsetAt(stream, own);
            if (_clock.StepBack > TimeSpan.Zero)
            {
                notice($"{_options.Source.Redacted}: its clock went back by {_clock.StepBack.TotalSeconds:0.0} s; what is relayed goes on without a gap.");
            }

            Move(packet, Rational.Microseconds.Rescale((long)offset.TotalMicroseconds, timeBase));
            pace(own + offset);
            if (stream == _source.Video?.Index)
            {
                _gaps.Observe((own + offset).TotalSeconds);
            }
        }

        Damaged += packet.IsCorrupt ? 1 : 0;
        _writer.Write(packet, _tracks[stream]);
        Packets++;
    }

    private static void Move(Packet packet, long ticks)
    {
        packet.Pts = packet.Pts == Packet.NoPts ? Packet.NoPts : packet.Pts + ticks;
        packet.Dts = packet.Dts == Packet.NoPts ? Packet.NoPts : packet.Dts + ticks;
    }
}
