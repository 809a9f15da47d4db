using VisionStream.LibAv;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.LibAv;

public sealed class KnownSecretsTests
{
    [Fact]
    public void Lines_of_others_lose_the_secrets_of_what_is_open()
    {
        const string Line = "Failed to play Str3amKey; Pa55w0rd! T0k3n1234 refused, caller of srtpw789";
        var first = KnownSecrets.Add("rtmp://user:Pa55w0rd!@h/live/Str3amKey?token=T0k3n1234");
        var second = KnownSecrets.Add("rtsp://user:Pa55w0rd!@other/x");
        var third = KnownSecrets.Add("srt://h:1?mode=caller&streamid=publish:a:vs:srtpw789");
        Assert.Equal("Failed to play ***; *** *** refused, caller of ***", LogLine.WithoutSecrets(Line));

        // The other one has the same password.
        first.Dispose();
        third.Dispose();
        Assert.Equal("Failed to play Str3amKey; *** T0k3n1234 refused, caller of srtpw789", LogLine.WithoutSecrets(Line));
        second.Dispose();
        second.Dispose();
        Assert.Equal(Line, LogLine.WithoutSecrets(Line));
    }

    [Fact]
    public void One_that_begins_like_another_leaves_nothing_of_it()
    {
        using var shorter = KnownSecrets.Add("rtmp://h/live/abcd9");
        using var longer = KnownSecrets.Add("rtmp://h/live/abcd9efgh");
        Assert.Equal("*** and ***", LogLine.WithoutSecrets("abcd9efgh and abcd9"));
    }

    [Fact]
    public void A_targets_secrets_are_known_while_it_is_open()
    {
        using (Muxer.Open("rtsp://vs:hidden-target@127.0.0.1:1/live", null, TestContext.Current.CancellationToken))
        {
            Assert.Equal("403 no ***", LogLine.WithoutSecrets("403 no hidden-target"));
        }

        Assert.Equal("403 no hidden-target", LogLine.WithoutSecrets("403 no hidden-target"));
    }

    [Fact]
    public async Task A_sources_secrets_are_known_from_the_first_attempt_to_its_end()
    {
        await using var server = ScriptedServer.Silent();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var url = $"http://vs:hidden-source@{server.Address}/x.mp4";
        var options = new DemuxerOptions { OpenTimeout = TimeSpan.FromMinutes(5) };
        var opening = Task.Run(() => Assert.Throws<OperationCanceledException>(() => Demuxer.Open(url, options, stop.Token)), CancellationToken.None);
        await Eventually.BecomesTrue(() => LogLine.WithoutSecrets("hidden-source") == "***", "the secret is known");
        await stop.CancelAsync();
        Assert.DoesNotContain("hidden-source", (await opening).Message, StringComparison.Ordinal);
        Assert.Equal("hidden-source", LogLine.WithoutSecrets("hidden-source"));
    }
}
