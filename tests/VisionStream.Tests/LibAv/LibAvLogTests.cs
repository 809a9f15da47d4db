using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

[Collection(nameof(WholeProcessLog))]
public sealed class LibAvLogTests
{
    [Fact]
    public void A_line_of_libav_reaches_the_logger_without_its_address_and_once()
    {
        var logger = new CollectingLogger();
        LibAvLog.Attach(logger);
        try
        {
            for (var i = 0; i < 3; i++)
            {
                var error = Assert.Throws<LibAvException>(() => Demuxer.Open("nosuchfilterhere", new DemuxerOptions { InputFormat = "lavfi" }, TestContext.Current.CancellationToken));
                Assert.True(error.Code < 0);
            }

            var lines = logger.Lines.Where(line => line.Text.Contains("nosuchfilterhere", StringComparison.Ordinal)).ToList();
            var (level, text) = Assert.Single(lines);
            Assert.Equal(LogLevel.Warning, level);
            Assert.Contains("No such filter: 'nosuchfilterhere'", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0x", text, StringComparison.Ordinal);
        }
        finally
        {
            LibAvLog.Detach();
        }
    }

    [Theory]
    [InlineData(0, LogLevel.Error)]
    [InlineData(8, LogLevel.Error)]
    [InlineData(16, LogLevel.Warning)]
    [InlineData(24, LogLevel.Information)]
    [InlineData(32, LogLevel.Debug)]
    [InlineData(40, LogLevel.Trace)]
    [InlineData(56, LogLevel.Trace)]
    public void Levels_are_one_step_milder_than_libavs(int native, LogLevel level)
    {
        Assert.Equal(level, LibAvLog.Map(native));
    }

    [Fact]
    public void Lines_that_differ_in_numbers_only_are_of_one_kind()
    {
        Assert.Equal(LogLine.Template("[h264] error while decoding MB 37 3, bytestream -10"), LogLine.Template("[h264] error while decoding MB 9 12, bytestream 4"));
        Assert.NotEqual(LogLine.Template("a 1"), LogLine.Template("b 1"));
        Assert.Equal("[h264] x", LogLine.WithoutAddresses("[h264 @ 0x7f363c109fc0] x"));
    }

    [Fact]
    public void A_kind_passes_once_per_window_and_says_what_was_left_out()
    {
        var time = new SteppedTime();
        var filter = new RepeatFilter(time);
        Assert.True(filter.Admit("a", out var leftOut));
        Assert.Equal(0, leftOut);
        Assert.False(filter.Admit("a", out _));
        Assert.False(filter.Admit("a", out _));
        Assert.True(filter.Admit("b", out _));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(filter.Admit("a", out leftOut));
        Assert.Equal(2, leftOut);
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(filter.Admit($"kind {i}", out _));
        }
    }

    [Theory]
    [InlineData("rtsp://user:pass@host:554/live", "rtsp://***@host:554/live")]
    [InlineData("rtsp://user:p@ss@host/live", "rtsp://***@host/live")]
    [InlineData("rtsp://u:p/x@host/live", "rtsp://***")]
    [InlineData("https://h/x.m3u8?token=abc&x=1", "https://h/x.m3u8?token=***&***")]
    [InlineData("rtmp://h/live/key?user=me&PASS=you", "rtmp://h/live/***?user=***&PASS=***")]
    [InlineData("rtmp://h/live", "rtmp://h/live")]
    [InlineData("RTMPS://h:443/app/a/key", "RTMPS://h:443/app/***")]
    [InlineData("srt://h:1?mode=caller&streamid=publish:a:vs:s3cret&passphrase=s3cret", "srt://h:1?mode=caller&streamid=***&passphrase=***")]
    [InlineData("[tcp] Connection to tcp://h:1?timeout=5 failed", "[tcp] Connection to tcp://h:1?timeout=5 failed")]
    [InlineData("rtmp://h/live/key: Input/output error (rtmp://h/live/key), rtsp://u:p@h/x.", "rtmp://h/live/***: Input/output error (rtmp://h/live/***), rtsp://***@h/x.")]
    [InlineData("playpath is live?user=me&streamid=x", "playpath is live?user=***&streamid=***")]
    [InlineData("movie=rtsp\\://u\\:p@h/x", "movie=rtsp://***")]
    [InlineData("'http://a:b@c/?jwt=x' and http://d:e@f", "'http://***@c/?jwt=***' and http://***@f")]
    [InlineData("user@host wrote monkey=1", "user@host wrote monkey=1")]
    [InlineData("", "")]
    public void Secrets_are_masked(string text, string masked)
    {
        Assert.Equal(masked, UrlSecrets.Mask(text));
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            return _now;
        }

        public void Advance(TimeSpan by)
        {
            _now += by.Ticks;
        }
    }

    private sealed class CollectingLogger : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return logLevel >= LogLevel.Information;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Enqueue((logLevel, formatter(state, exception)));
        }
    }
}
