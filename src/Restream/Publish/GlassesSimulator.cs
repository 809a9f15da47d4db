using Microsoft.Extensions.Logging;

namespace VisionStream.Restream.Publish;

/// <summary>Safe from any thread. Publishes what smart glasses send, so that an app can be written without any.</summary>
/// <param name="logger">Hears of encoders that had to be replaced.</param>
/// <param name="time">The clock that is kept to (default: the system's).</param>
public sealed class GlassesSimulator(ILogger logger, TimeProvider? time = null)
{
    /// <summary>Publishes until the time is up, the target is given up after the glasses' ten attempts, or it is told to stop.</summary>
    /// <param name="options">Where to, and what of.</param>
    /// <param name="progress">Told twice a second how it goes, and of everything that happens.</param>
    /// <param name="cancellationToken">Ends it within about the target's time-out.</param>
    public Task<PublishResult> RunAsync(GlassesOptions options, IProgress<PublishProgress>? progress, CancellationToken cancellationToken) =>
        new Publisher(logger, time).RunAsync(options.ToPublishOptions(), progress, cancellationToken);
}
