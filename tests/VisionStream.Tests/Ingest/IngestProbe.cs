using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest;

/// <summary>
/// An ingest with its stream and feed, and all that came out of it. Frames are recorded on the ingest's thread, states on it too;
/// the test reads them after it has awaited what it waits for.
/// </summary>
internal sealed class IngestProbe : IAsyncDisposable
{
    private readonly Channel<StreamStatus> _unread = Channel.CreateUnbounded<StreamStatus>();
    private readonly ConcurrentQueue<StreamStatus> _statuses = new();
    private readonly ConcurrentQueue<SeenFrame> _frames = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public IngestProbe(string source, IngestOptions? options = null, TimeProvider? time = null, bool hashes = false, bool records = true)
    {
        Stream = new LiveStream(StreamName.Parse("test/stream"));
        _ = Feed.Subscribe(null, status =>
        {
            _statuses.Enqueue(status);
            _ = _unread.Writer.TryWrite(status);
        });
        _ = !records ? null : Stream.Ring.Watch(frame =>
        {
            _frames.Enqueue(new SeenFrame(frame.Id, frame.Format, frame.Info, hashes ? Fingerprint.Of(frame) : 0));
            _ = _arrived.Release();
        });
        Ingest = new StreamIngest(
            Stream, SourceUrl.Parse(source), options ?? AsFast, Feed, time ?? TimeProvider.System, NullLogger<StreamIngest>.Instance);
    }

    /// <summary>Files as fast as they can be decoded, and reconnections without long waits.</summary>
    public static IngestOptions AsFast { get; } = new()
    {
        RealTime = false,
        FirstDelay = TimeSpan.FromMilliseconds(50),
        LongestDelay = TimeSpan.FromMilliseconds(200),
    };

    public LiveStream Stream { get; }

    public DetectionFeed Feed { get; } = new();

    public StreamIngest Ingest { get; }

    public IReadOnlyList<SeenFrame> Frames => [.. _frames];

    public IReadOnlyList<StreamStatus> Statuses => [.. _statuses];

    public FrameLedger Ledger => Stream.Ledger;

    /// <summary>Starts and waits until the source is done with.</summary>
    public async Task RunToEnd()
    {
        Ingest.Start();
        await Ingest.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The next state of this kind; those before it are passed over.</summary>
    public async Task<StreamStatus> Until(StreamState state, string reason = "")
    {
        while (true)
        {
            var status = await _unread.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (status.State == state && status.Reason.Contains(reason, StringComparison.Ordinal))
            {
                return status;
            }
        }
    }

    /// <summary>Waits for further frames.</summary>
    public async Task UntilFrames(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _arrived.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ingest.DisposeAsync();
        Stream.Dispose();
        _arrived.Dispose();
    }

    internal sealed record SeenFrame(long Id, FrameFormat Format, FrameInfo Info, ulong Hash);
}
