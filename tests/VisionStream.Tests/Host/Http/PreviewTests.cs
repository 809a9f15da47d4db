using System.Net;
using System.Net.Http.Headers;
using VisionStream.Host.Configuration;
using VisionStream.Tests.Host.Access;

namespace VisionStream.Tests.Host.Http;

/// <summary>The preview over real sockets.</summary>
public sealed class PreviewTests
{
    // For a machine under load; the test waits as long as it has to, not this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_preview_ends_with_the_token_it_was_asked_for_with()
    {
        await using var service = await LiveService.StartAsync((o, files) => o with
        {
            Access = new AccessSettings { Urls = LiveService.Anything, Keys = [GuardedService.Key("boss", GuardedService.Admin, "admin")], SigningKeyFile = files.File("key.pem") },
        });
        service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GuardedService.Admin);
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/cam", url = LiveService.Pictures });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);

        // A slow machine may need more of a token's time until the preview begins.
        for (var ttl = 2; ; ttl *= 2)
        {
            var token = (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/token", new { ttl })).Json.GetProperty("token").GetString();
            using var http = new HttpClient { BaseAddress = service.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
            using var answer = await http.GetAsync($"/v1/streams/live%2Fcam/preview.mjpeg?token={token}", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var bytes = 0L;
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal("multipart/x-mixed-replace", answer.Content.Headers.ContentType?.MediaType);
                await using var body = await answer.Content.ReadAsStreamAsync(patience.Token);
                var buffer = new byte[64 * 1024];
                while (await body.ReadAsync(buffer, patience.Token) is var read and > 0)
                {
                    bytes += read;
                }
            }

            if (bytes > 0)
            {
                // It came to its end although nobody hung up and the stream goes on.
                Assert.NotNull(service.Find("live/cam"));
                return;
            }
        }
    }
}
