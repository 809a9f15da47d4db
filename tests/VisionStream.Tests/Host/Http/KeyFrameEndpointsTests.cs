using System.Net;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.Tests.Host.Http;

public sealed class KeyFrameEndpointsTests
{
    [Fact]
    public async Task The_annotated_video_gets_a_key_frame_out_of_turn()
    {
        await using var service = await LiveService.StartAsync();
        var file = service.Files.File("annotated.mkv");
        var pipeline = await StartAsync(service, file);

        // One wish may fall on a key frame that was due anyway, every two seconds.
        do
        {
            await SentAsync(pipeline, pipeline.Annotated!.Status.Sent + 5);
            Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/keyframe")).Status);
            await SentAsync(pipeline, pipeline.Annotated!.Status.Sent + 5);
        }
        while (!HasKeyFrameOutOfTurn(file));
    }

    [Fact]
    public async Task A_stream_without_annotated_video_or_that_is_not_there_is_said()
    {
        await using var service = await LiveService.StartAsync();
        await StartAsync(service, null);
        Assert.Contains("no annotated video", (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fcam/keyframe")).Problem(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("live/other", (await service.SendAsync(HttpMethod.Post, "/v1/streams/live%2Fother/keyframe")).Problem(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    private static async Task<StreamPipeline> StartAsync(LiveService service, string? annotateTo) => (await service.Pipelines.StartAsync(
        new StreamOptions
        {
            Name = StreamName.Parse("live/cam"),
            Url = LiveService.Pictures,
            Annotate = annotateTo is not null,
            AnnotateTo = annotateTo,
            Analysis = new AnalysisOptions { Model = service.Files.Pets },
        },
        StreamOrigin.Configured))!;

    private static bool HasKeyFrameOutOfTurn(string file)
    {
        var keys = RecordedPicture.ReadAll(file).Where(p => p.IsKey).Select(p => p.PtsMs).ToList();
        return keys.Zip(keys.Skip(1)).Any(k => k.Second - k.First < 1900);
    }

    private static async Task SentAsync(StreamPipeline pipeline, long count)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (pipeline.Annotated!.Status.Sent < count)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
