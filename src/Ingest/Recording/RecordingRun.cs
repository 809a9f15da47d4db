using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>
/// The ingest's thread offers, a thread of the run's own writes; <see cref="Status"/> and <see cref="StopAsync"/> are safe from any
/// thread. One recording from its start to its stop, over as many visits and files as that takes.
/// </summary>
internal sealed class RecordingRun
{
    // Seven seconds of 30 pictures and 43 packets of sound, and eight of 32 Mbit/s: more than a disk pauses, less than hurts.
    private const int LongestQueue = 512;
    private const long MostBytes = 32 * 1024 * 1024;

    private const int NoTrack = -1;

    // MediaMTX's recordSegmentDuration.
    private static readonly TimeSpan LongestFile = TimeSpan.FromHours(1);

    private readonly Channel<RecordingItem> _queue = Channel.CreateBounded<RecordingItem>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamName _name;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IReadOnlyList<RecordedTrack>? _tracks;
    private RecordingFile? _file;
    private long _fileStartedAt;
    private long _queuedBytes;
    private long _packets;
    private long _dropped;
    private int _pictures = NoTrack;
    private int _sound = NoTrack;
    private bool _waitsForKey;
    private volatile bool _isClosed;
    private volatile bool _isWriting;
    private volatile string? _path;
    private volatile string? _error;

    /// <summary>Starts the thread; a file begins with the first packet.</summary>
    public RecordingRun(StreamName name, string folder, TimeProvider time, ILogger logger)
    {
        (_name, _folder, _time, _logger) = (name, folder, time, logger);
        new Thread(Write) { Name = $"recording {name}", IsBackground = true }.Start();
    }

    /// <summary>The visit that the tracks were given for; the ingest thread's.</summary>
    public long VisitNumber { get; private set; }

    /// <summary>Whether more is taken.</summary>
    public bool IsOpen => !_isClosed;

    /// <summary>A look at it.</summary>
    public RecordingStatus Status => new(
        _error is not null ? RecordingState.Failed : _done.Task.IsCompleted ? RecordingState.Off : _isWriting ? RecordingState.Recording : RecordingState.Waiting,
        _path, Interlocked.Read(ref _packets), Interlocked.Read(ref _dropped), _error ?? "");

    /// <summary>Says what the packets from now on belong to, which begins a file; the run owns the tracks. False when there is no room to say it.</summary>
    /// <param name="visit">The number of the visit, from 1.</param>
    /// <param name="tracks">The pictures first.</param>
    public bool Begin(long visit, IReadOnlyList<RecordedTrack> tracks)
    {
        var item = new RecordingItem(null, tracks);
        if (_queue.Writer.TryWrite(item))
        {
            (VisitNumber, _pictures, _sound, _waitsForKey) = (visit, tracks[0].SourceIndex, tracks.Count > 1 ? tracks[1].SourceIndex : NoTrack, true);
            return true;
        }

        // None of the former file's: the next key picture asks again.
        VisitNumber = 0;
        item.Dispose();
        return false;
    }

    /// <summary>Whether packets of a stream belong to a track; for the ingest thread.</summary>
    public bool Has(int stream) => stream != NoTrack && (stream == _pictures || stream == _sound);

    /// <summary>Takes a second reference to a packet. What a slow disk leaves no room for is dropped up to the next key picture.</summary>
    public void Offer(Packet packet)
    {
        var isKey = packet.StreamIndex == _pictures && packet.IsKey;
        if (_waitsForKey && !isKey)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        var fits = Interlocked.Read(ref _queuedBytes) + packet.Size <= MostBytes;
        var item = new RecordingItem(fits ? packet.Clone() : null, null);
        var size = packet.Size;
        if (fits && _queue.Writer.TryWrite(item))
        {
            Interlocked.Add(ref _queuedBytes, size);
            _waitsForKey = false;
            return;
        }

        item.Dispose();
        Interlocked.Increment(ref _dropped);
        if (!_waitsForKey && IsOpen)
        {
            Log.RecordingFallsBehind(_logger, _name);
        }

        _waitsForKey = true;
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public Task StopAsync()
    {
        CloseQueue();
        return _done.Task;
    }

    private void CloseQueue()
    {
        _isClosed = true;
        _ = _queue.Writer.TryComplete();
    }

    private void Write()
    {
        try
        {
            // The thread is the run's own, so it may wait.
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_queue.Reader.TryRead(out var item))
                {
                    Take(item);
                }
            }

            Close();
        }
        catch (Exception e) when (e is LibAvException or IOException or UnauthorizedAccessException)
        {
            _error = $"The recording has ended: {e.Message}";
            Log.RecordingFailed(_logger, _name, e.Message);
        }
        catch (Exception e)
        {
            // A mistake of ours must not take the service down.
            _error = "The recording has ended unexpectedly; the log has the details.";
            Log.RecordingBroke(_logger, _name, e);
        }
        finally
        {
            CloseQueue();
            _isWriting = false;
            _file?.Dispose();
            while (_queue.Reader.TryRead(out var rest))
            {
                rest.Dispose();
            }

            new RecordingItem(null, _tracks).Dispose();
            _done.SetResult();
        }
    }

    private void Take(RecordingItem item)
    {
        if (item.Packet is not { } packet)
        {
            Close();
            new RecordingItem(null, _tracks).Dispose();
            _tracks = item.Tracks;
            return;
        }

        using (packet)
        {
            Interlocked.Add(ref _queuedBytes, -packet.Size);
            var begins = packet.StreamIndex == _tracks![0].SourceIndex && packet.IsKey;
            if (begins && _file is not null && _time.GetElapsedTime(_fileStartedAt) >= LongestFile)
            {
                Close();
            }

            if (_file is null)
            {
                _file = RecordingFile.Create(_folder, _time.GetUtcNow(), _tracks, packet);
                _fileStartedAt = _time.GetTimestamp();
                (_path, _isWriting) = (_file.Path, true);
                Log.RecordingBegins(_logger, _name, _file.Path);
            }

            _ = Interlocked.Increment(ref _file.Write(packet) ? ref _packets : ref _dropped);
        }
    }

    private void Close()
    {
        _isWriting = false;
        if (_file is { } file)
        {
            _file = null;
            using (file)
            {
                file.Finish();
            }
        }
    }
}
