using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Ingest;
using VisionStream.Ingest.Sources;

namespace VisionStream.EndToEnd.Ingest;

/// <summary>An ingest of a real source, and what came out of it. States and frames are recorded on its thread and awaited by the test.</summary>
internal sealed class LiveProbe : IAsyncDisposable
{
    private readonly Channel<StreamStatus> _unread = Channel.CreateUnbounded<StreamStatus>();
    private readonly ConcurrentQueue<StreamStatus> _statuses = new();
    private readonly ConcurrentQueue<(FrameFormat Format, FrameInfo Info, DateTimeOffset SeenAt)> _frames = new();

    public LiveProbe(string source, IngestOptions? options = null)
    {
        Stream = new LiveStream(StreamName.Parse("live/probe"));
        _ = Feed.Subscribe(null, status =>
        {
            _statuses.Enqueue(status);
            _ = _unread.Writer.TryWrite(status);
        });
        _ = Stream.Ring.Watch(frame => _frames.Enqueue((frame.Format, frame.Info, DateTimeOffset.UtcNow)));
        Ingest = new StreamIngest(Stream, SourceUrl.Parse(source), options ?? Quick, Feed, TimeProvider.System, NullLogger<StreamIngest>.Instance);
        Ingest.Start();
    }

    /// <summary>Short waits, so that a test of reconnections takes seconds.</summary>
    public static IngestOptions Quick { get; } = new()
    {
        SilenceTimeout = TimeSpan.FromSeconds(2),
        FirstDelay = TimeSpan.FromMilliseconds(100),
        LongestDelay = TimeSpan.FromMilliseconds(500),
    };

    public LiveStream Stream { get; }

    public DetectionFeed Feed { get; } = new();

    public StreamIngest Ingest { get; }

    public IReadOnlyList<(FrameFormat Format, FrameInfo Info, DateTimeOffset SeenAt)> Frames => [.. _frames];

    public IReadOnlyList<StreamStatus> Statuses => [.. _statuses];

    /// <summary>The next state of this kind whose reason holds a text; those before it are passed over.</summary>
    public async Task<StreamStatus> Until(StreamState state, string reason = "")
    {
        using var deadline = new CancellationTokenSource(Peers.Until.Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        try
        {
            while (true)
            {
                var status = await _unread.Reader.ReadAsync(either.Token);
                if (status.State == state && status.Reason.Contains(reason, StringComparison.Ordinal))
                {
                    return status;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Assert.Fail($"waited for {state} '{reason}'; there were: {string.Join(" | ", Statuses.Select(s => $"{s.State} {s.Reason}"))}");
            throw;
        }
    }

    /// <summary>Waits until so many frames came in all.</summary>
    public Task UntilFrames(int count) => Peers.Until.TrueAsync(() => _frames.Count >= count, $"{count} frames");

    /// <summary>Stops, and checks what holds for every stream: the books add up and times rise within a session.</summary>
    public async ValueTask DisposeAsync()
    {
        await Ingest.DisposeAsync();
        var ledger = Stream.Ledger;
        Assert.Equal(ledger.Decoded, _frames.Count + ledger.Dropped(DropReason.Corrupt) + ledger.Dropped(DropReason.RingFull));
        foreach (var session in _frames.GroupBy(f => f.Info.Session))
        {
            Assert.All(session.Zip(session.Skip(1)), pair => Assert.True(pair.First.Info.Pts.Milliseconds < pair.Second.Info.Pts.Milliseconds));
        }

        Stream.Dispose();
    }
}
