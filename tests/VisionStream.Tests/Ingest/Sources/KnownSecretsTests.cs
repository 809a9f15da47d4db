using Microsoft.Extensions.Logging;
using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest.Sources;

public sealed class KnownSecretsTests
{
    [Fact]
    public void Lines_of_others_lose_the_secrets_of_sources_in_use()
    {
        var lines = new Lines();
        var logger = new MaskingLogger(lines);
        var first = KnownSecrets.Add(SourceUrl.Parse("rtmp://user:Pa55w0rd!@h/live/Str3amKey?token=T0k3n1234"));
        var second = KnownSecrets.Add(SourceUrl.Parse("rtsp://user:Pa55w0rd!@other/x"));
        Write();
        Assert.Equal("Failed to play ***; *** *** refused", lines.Last);

        // The other source has the same password.
        first.Dispose();
        Write();
        Assert.Equal("Failed to play Str3amKey; *** T0k3n1234 refused", lines.Last);
        second.Dispose();
        second.Dispose();
        Write();
        Assert.Equal("Failed to play Str3amKey; Pa55w0rd! T0k3n1234 refused", lines.Last);

        void Write() => logger.Log(LogLevel.Warning, "Failed to play {Key}; {Password} {Token} refused", "Str3amKey", "Pa55w0rd!", "T0k3n1234");
    }

    private sealed class Lines : ILogger
    {
        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.IsType<string>(state);
            Last = formatter(state, exception);
        }
    }
}
