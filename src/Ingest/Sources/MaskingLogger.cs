using Microsoft.Extensions.Logging;

namespace VisionStream.Ingest.Sources;

/// <summary>Thread safe. Passes lines on as text, with the secrets of the sources in use masked.</summary>
internal sealed class MaskingLogger(ILogger inner) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (inner.IsEnabled(logLevel))
        {
            // Text only: the values of a structured line would carry the secret along.
            inner.Log(logLevel, eventId, KnownSecrets.Mask(formatter(state, exception)), exception, static (line, _) => line);
        }
    }
}
