using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Detector.Cadence;
using VisionStream.Detector.Models;

namespace VisionStream.Detector.Engine;

/// <summary>
/// <see cref="Options"/> and <see cref="Dispose"/> are safe from any thread; the rest is the engine's, of whose threads one at a time has it. One stream under analysis:
/// its budget, its scene, and where in the ring the analysis is. Disposing it detaches the stream, waiting for an analysis under way
/// and for its result to be published: none comes afterwards.
/// </summary>
public sealed class StreamAttachment : IDisposable
{
    private readonly LiveStream _stream;
    private readonly TimeProvider _time;
    private readonly Action<StreamAttachment> _onDetached;
    private readonly Lock _gate = new();
    private readonly SceneWatch _scene = new();
    private readonly RightOfWay _way = new();
    private readonly ArrivalRhythm _rhythm;
    private readonly IDisposable _watch;
    private StreamDetectionOptions _options;
    private AnalysisBudget _budget;
    private StreamSession? _session;
    private FrameLease _analysed;
    private long _sequence;
    private long _taken;
    private long _droppedBefore;
    private bool _isTaken;
    private bool _detached;

    internal StreamAttachment(
        LiveStream stream, DetectorPool detectors, StreamDetectionOptions options, TimeProvider time, Action onFrame, Action<StreamAttachment> onDetached)
    {
        (_stream, Detectors, _options, _time, _onDetached) = (stream, detectors, options, time, onDetached);
        _budget = MakeBudget(options);
        _rhythm = new ArrivalRhythm(time.TimestampFrequency);

        // What came before is nobody's any more.
        _taken = stream.Ring.NewestId;
        stream.Ledger.PassOver(_taken, DropReason.Stopped);
        _droppedBefore = stream.Ledger.DroppedInAll();
        _watch = stream.Ring.Watch(frame =>
        {
            var changed = _scene.Look(frame);
            _rhythm.Arrived(_time.GetTimestamp());
            if (changed)
            {
                _way.Claim(frame.Id);
            }

            onFrame();
        });
    }

    /// <summary>The stream's name.</summary>
    public StreamName Stream => _stream.Name;

    /// <summary>How it is analysed; takes effect with the next frame.</summary>
    /// <exception cref="ArgumentException">The new options are not valid; the message says all that is wrong.</exception>
    public StreamDetectionOptions Options
    {
        get => Volatile.Read(ref _options);
        set
        {
            if (value.Validate() is { Count: > 0 } errors)
            {
                throw new ArgumentException(string.Join(' ', errors), nameof(value));
            }

            lock (_gate)
            {
                if (value with { Settings = _options.Settings } != _options)
                {
                    _budget = MakeBudget(value);
                }

                _options = value;
            }
        }
    }

    /// <summary>The last frame whose analysis has begun.</summary>
    internal long TakenId => Volatile.Read(ref _taken);

    /// <summary>What analyses it.</summary>
    internal DetectorPool Detectors { get; private set; }

    /// <summary>Held by the engine from an analysis's beginning until its result has been published; it may be entered again.</summary>
    internal Lock Gate => _gate;

    /// <summary>Whether one of the engine's threads analyses it at present; set under the engine's lock, set back when it is over.</summary>
    internal bool IsTaken
    {
        get => Volatile.Read(ref _isTaken);
        set => Volatile.Write(ref _isTaken, value);
    }

    /// <summary>Whether inference fails at present; one warning is logged for the whole episode.</summary>
    internal bool IsFailing { get; set; }

    /// <summary>Has other detectors analyse it from the next frame on, after the analysis under way; results go on counting.</summary>
    internal void Use(DetectorPool detectors, StreamDetectionOptions options)
    {
        lock (_gate)
        {
            Options = options;
            Detectors = detectors;
        }
    }

    /// <summary>When its newest frame may be analysed, and how far behind it is; nothing when it has no frame to analyse.</summary>
    internal (long DueAt, long NominalDue)? Poll(long now)
    {
        lock (_gate)
        {
            if (_detached || _stream.Ring.NewestId <= _taken)
            {
                return null;
            }

            // The plain timer waits for nothing; nor does who is behind the set rate.
            var changed = _scene.Changed;
            var dueAt = _budget.DueAt(changed, now);
            var waits = _options.Cadence != CadenceMode.Fixed && !_budget.IsBehind(now);
            return (waits ? _rhythm.Settle(dueAt) : dueAt, _budget.NominalDue(changed));
        }
    }

    /// <summary>
    /// Analyses the newest frame; <see langword="null"/> when there is none, the stream has been detached, or the frame gave way to a
    /// newer one that shows something else.
    /// </summary>
    /// <exception cref="Exception">The model failed; the frame has been entered as <see cref="DropReason.InferenceFailed"/>.</exception>
    internal FrameDetections? Analyse()
    {
        lock (_gate)
        {
            if (_detached || !_stream.Ring.TryLeaseNewest(_taken, out var lease))
            {
                return null;
            }

            // What was analysed stays readable until the next is: snapshots and previews draw the result on that very frame.
            var held = lease;
            try
            {
                var result = Analyse(lease.Frame);
                if (result is not null)
                {
                    (held, _analysed) = (_analysed, lease);
                }

                return result;
            }
            finally
            {
                held.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_detached)
            {
                return;
            }

            _detached = true;
            _watch.Dispose();
            _analysed.Dispose();
            _stream.Ledger.PassOver(_stream.Ring.NewestId, DropReason.Stopped);
        }

        _onDetached(this);
    }

    private FrameDetections? Analyse(VideoFrame frame)
    {
        var takenAt = _time.GetTimestamp();
        var ledger = _stream.Ledger;

        // Frames older than a whole ring were overwritten before their turn, the others gave way to this one.
        ledger.PassOver(frame.Id - _stream.Ring.Capacity, DropReason.Overwritten);
        ledger.PassOver(frame.Id - 1, DropReason.Superseded);
        ledger.Take(frame.Id);
        Volatile.Write(ref _taken, frame.Id);

        // The plain timer keeps its beat whatever the picture shows, and where inference can hardly keep up with the rate, giving way
        // in a lively scene would cost the rate: with a model that takes nine tenths of an interval a quarter of it.
        var detector = Detectors.Rent();
        var changed = _scene.Remember(frame);
        _way.Begin(detector, frame.Id, gives: !changed && _options.Cadence != CadenceMode.Fixed && !_budget.IsBehind(takenAt));
        _budget.Spend(takenAt);

        IReadOnlyList<Detection>? detections;
        StageTimes times;
        try
        {
            detections = detector.TryDetect(frame, _options.Settings, out times);
        }
        catch
        {
            ledger.CountDropped(DropReason.InferenceFailed);
            throw;
        }
        finally
        {
            _way.End(detector);
            Detectors.Return(detector);
        }

        if (detections is null)
        {
            ledger.CountDropped(DropReason.Superseded);
            _budget.Refund();
            _scene.Forget();
            return null;
        }

        if (!ReferenceEquals(frame.Info.Session, _session))
        {
            _session = frame.Info.Session;
            _sequence = 0;
        }

        ledger.CountAnalysed();
        var dropped = ledger.DroppedInAll();
        var info = frame.Info;
        var result = new FrameDetections
        {
            Stream = _stream.Name,
            Session = _session,
            Sequence = ++_sequence,
            FrameId = frame.Id,
            PtsMs = info.Pts.Milliseconds,
            Width = frame.Format.Width,
            Height = frame.Format.Height,
            IngestedAt = info.IngestedAt,
            Clock = info.Clock,
            Latency = new StageLatency(
                Milliseconds(info.ArrivedAt, info.DecodedAt),
                Milliseconds(info.DecodedAt, times.Started),
                Milliseconds(times.Started, times.Prepared),
                Milliseconds(times.Prepared, times.Inferred),
                Milliseconds(times.Inferred, times.Finished),
                Milliseconds(info.ArrivedAt, times.Finished)),
            Model = Detectors.Model.Info,
            Dropped = dropped - _droppedBefore,
            Detections = detections,
        };
        _droppedBefore = dropped;
        return result;
    }

    private double Milliseconds(long from, long to) => _time.GetElapsedTime(from, to).TotalMilliseconds;

    private AnalysisBudget MakeBudget(StreamDetectionOptions options) =>
        new(options.Cadence, options.Fps, options.IdleFps, _time.TimestampFrequency, _time.GetTimestamp());
}
