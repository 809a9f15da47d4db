using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Status;

namespace VisionStream.Tests.Ingest.Status;

public sealed class StatusBoardTests
{
    private static readonly FrameFormat Small = new(640, 360, PixelLayout.I420, ColorMatrix.Bt601, ColorRange.Limited);
    private static readonly FrameFormat Large = Small with { Width = 1280, Height = 720 };

    private readonly List<StreamStatus> _told = [];
    private readonly CountingLogger _log = new();
    private readonly DetectionFeed _feed = new();
    private readonly StatusBoard _board;

    public StatusBoardTests()
    {
        _ = _feed.Subscribe(null, _told.Add);
        _board = new StatusBoard(StreamName.Parse("a"), _feed, TimeProvider.System, _log);
    }

    [Fact]
    public void A_long_absence_is_one_state_and_one_warning()
    {
        for (var i = 0; i < 100; i++)
        {
            _board.Lost("Nothing listens at rtsp://h/x.");
        }

        _board.FramesArrive(new StreamSession("1", DateTimeOffset.UnixEpoch), Small, "h264");
        _board.Lost("Nothing listens at rtsp://h/x.");
        Assert.Equal([StreamState.Reconnecting, StreamState.Online, StreamState.Reconnecting], _told.Select(s => s.State));
        Assert.Equal(2, _log.Warnings);
    }

    [Fact]
    public void Another_reason_is_told_and_warns_of_nothing_new()
    {
        _board.Lost("Nothing listens at rtsp://h/x.");
        _board.Lost("There is nothing at rtsp://h/x yet.");
        Assert.Equal(2, _told.Count);
        Assert.Equal(1, _log.Warnings);
    }

    [Fact]
    public void Damage_is_told_while_frames_arrive_and_its_end_too()
    {
        _board.Damaged();
        _board.FramesArrive(new StreamSession("1", DateTimeOffset.UnixEpoch), Small, "h264");
        _board.Damaged();
        _board.Damaged();
        _board.Mended();
        _board.Lost("Away.");
        _board.Damaged();
        _board.Mended();
        Assert.Equal(
            [
                (StreamState.Online, "Frames arrive."), (StreamState.Online, "What arrives is damaged; no frame until the next key frame."),
                (StreamState.Online, "Frames arrive."), (StreamState.Reconnecting, "Away."),
            ],
            _told.Select(s => (s.State, s.Reason)));
    }

    [Fact]
    public void A_new_size_is_told_before_online_within_a_session_and_after_a_reconnection()
    {
        _board.FramesArrive(new StreamSession("1", DateTimeOffset.UnixEpoch), Small, "h264");
        _board.FramesArrive(new StreamSession("1", DateTimeOffset.UnixEpoch), Large, "h264");
        _board.Lost("Away.");
        _board.FramesArrive(new StreamSession("2", DateTimeOffset.UnixEpoch), Small, "h264");
        _board.Lost("Away.");
        _board.FramesArrive(new StreamSession("3", DateTimeOffset.UnixEpoch), Small, "h264");
        Assert.Equal(
            [
                (StreamState.Online, "1", 640), (StreamState.ResolutionChanged, "1", 1280), (StreamState.Online, "1", 1280), (StreamState.Reconnecting, "1", 1280),
                (StreamState.ResolutionChanged, "2", 640), (StreamState.Online, "2", 640), (StreamState.Reconnecting, "2", 640), (StreamState.Online, "3", 640),
            ],
            _told.Select(s => (s.State, s.Session!, s.Width)));
    }

    [Fact]
    public void A_subscriber_that_throws_is_logged_and_the_others_are_told()
    {
        using var bad = _feed.Subscribe(null, _ => throw new InvalidOperationException("a subscriber's mistake"));
        _board.Unusable("It cannot be used.");
        Assert.Equal(StreamState.Error, Assert.Single(_told).State);
        Assert.Equal(2, _log.Errors);
    }

    private sealed class CountingLogger : ILogger
    {
        public int Warnings { get; private set; }

        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
            Errors += logLevel == LogLevel.Error ? 1 : 0;
        }
    }
}
