using VisionStream.Ingest.Sources;

namespace VisionStream.Tests.Ingest;

public sealed class IngestOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.Empty(new IngestOptions().Validate());

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_keys()
    {
        var errors = new IngestOptions
        {
            OpenTimeout = TimeSpan.Zero,
            SilenceTimeout = TimeSpan.FromHours(1),
            FirstDelay = TimeSpan.FromSeconds(20),
            RtspTransport = (RtspTransport)9,
            DecoderThreads = 0,
        }.Validate("Ingest:");
        string[] keys = ["OpenTimeout", "SilenceTimeout", "LongestDelay", "RtspTransport", "DecoderThreads"];
        Assert.Equal(keys.Select(k => "Ingest:" + k), errors.Select(e => e[..e.IndexOf(' ', StringComparison.Ordinal)]));
        Assert.All(errors, e => Assert.EndsWith(".", e, StringComparison.Ordinal));
    }
}
