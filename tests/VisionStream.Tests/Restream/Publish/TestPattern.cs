using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Sources;

namespace VisionStream.Tests.Restream.Publish;

/// <summary>A moving test picture with a tone, as a source that ends.</summary>
internal static class TestPattern
{
    public static MediaSource Source(double seconds, int rate = 25, int toneHz = 1000, string size = "640x360") => new(
        FormattableString.Invariant(
            $"testsrc2=size={size}:rate={rate}:duration={seconds}[out0];sine=frequency={toneHz}:sample_rate=44100:duration={seconds}[out1]"))
    {
        InputFormat = "lavfi",
    };

    public static Task<PublishResult> PublishAsync(PublishOptions options, Action<PublishProgress>? hear = null) =>
        new Publisher(NullLogger.Instance).RunAsync(
            options, hear is null ? null : new Told<PublishProgress>(hear), TestContext.Current.CancellationToken);
}
