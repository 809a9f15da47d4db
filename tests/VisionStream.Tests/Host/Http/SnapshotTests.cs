using System.Net;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.Host.Http;

public sealed class SnapshotTests
{
    private const string Plain = "/v1/streams/live%2Fcam/snapshot.jpg";

    [Fact]
    public async Task The_newest_frame_is_a_jpeg_of_its_size_and_the_boxes_are_drawn_on_demand()
    {
        await using var service = await LiveService.StartAsync();

        // One colour, so that whatever differs was drawn.
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/cam", url = "lavfi:color=gray:size=320x240:rate=25" });
        await Eventually.BecomesTrue(() => service.Find("live/cam")!.Live.Ledger.Analysed > 0, "a frame was analysed");

        var plain = await service.SendAsync(HttpMethod.Get, Plain);
        var posted = await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/snapshot");
        var annotated = await service.SendAsync(HttpMethod.Get, Plain + "?annotated=1");

        foreach (var answer in (Answer[])[plain, posted, annotated])
        {
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.Status, answer.Type));
            Assert.Equal((320, 240), SizeOf(answer.Bytes));
        }

        // A gray area is nearly nothing in JPEG; edges and letters are not.
        Assert.True(annotated.Bytes.Length > plain.Bytes.Length + 500, $"{annotated.Bytes.Length} and {plain.Bytes.Length} bytes");
    }

    [Fact]
    public async Task Without_a_frame_of_the_last_second_the_answer_says_why()
    {
        await using var service = await LiveService.StartAsync();
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/cam", url = "rtsp://127.0.0.1:1/none" });
        foreach (var path in (string[])[Plain, Plain + "?annotated=1"])
        {
            Assert.Contains("no frame", (await service.SendAsync(HttpMethod.Get, path)).Problem(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        }

        (await service.SendAsync(HttpMethod.Get, Plain + "?annotated=maybe")).Problem(HttpStatusCode.BadRequest);
        Assert.Contains("live/nobody", (await service.SendAsync(HttpMethod.Get, "/v1/streams/live%2Fnobody/snapshot.jpg")).Problem(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_frame_of_a_source_that_has_ended_is_not_the_present()
    {
        await using var service = await LiveService.StartAsync();
        await service.SendAsync(HttpMethod.Post, "/v1/streams", new { name = "live/cam", url = "lavfi:color=gray:size=320x240:rate=25:duration=0.2" });
        await Eventually.BecomesTrue(() => service.Find("live/cam")!.Completion.IsCompleted, "the source has ended");
        Answer? answer = null;
        await Eventually.BecomesTrue(() => (answer = service.SendAsync(HttpMethod.Get, Plain).GetAwaiter().GetResult()).Status != HttpStatusCode.OK, "its last frame grows old");
        Assert.Contains("more than 1 s", answer!.Problem(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    /// <summary>Width and height as the frame header says (ITU-T T.81, B.2.2).</summary>
    public static (int Width, int Height) SizeOf(ReadOnlySpan<byte> jpeg)
    {
        Assert.Equal(0xFFD8, (jpeg[0] << 8) | jpeg[1]);
        for (var at = 2; at < jpeg.Length;)
        {
            var (marker, length) = (jpeg[at + 1], (jpeg[at + 2] << 8) | jpeg[at + 3]);
            if (marker is 0xC0 or 0xC1 or 0xC2)
            {
                return ((jpeg[at + 7] << 8) | jpeg[at + 8], (jpeg[at + 5] << 8) | jpeg[at + 6]);
            }

            at += 2 + length;
        }

        throw new InvalidDataException("There is no frame header.");
    }
}
