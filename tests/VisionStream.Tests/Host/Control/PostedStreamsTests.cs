using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest.Sources;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Host.Http;

namespace VisionStream.Tests.Host.Control;

public sealed class PostedStreamsTests
{
    private static readonly StreamName Cam = StreamName.Parse("live/cam");
    private static readonly StreamRequest Request = new() { Name = "live/cam", Url = PostedRig.Pictures, Fps = 15, Classes = ["cat"] };

    [Fact]
    public async Task The_same_request_again_finds_the_stream_and_another_one_is_told_of_it()
    {
        await using var rig = new PostedRig(keeps: false);
        var made = await rig.Posted.PostAsync(Request);
        var again = await rig.Posted.PostAsync(Request with { Classes = ["cat"] });
        var less = await rig.Posted.PostAsync(new StreamRequest { Name = "live/cam", Url = PostedRig.Pictures });
        var other = await rig.Posted.PostAsync(Request with { Fps = 5 });

        Assert.Equal(PostOutcome.Created, made.Outcome);
        Assert.Equal((PostOutcome.Present, made.Pipeline), (again.Outcome, again.Pipeline));
        Assert.Equal(PostOutcome.Present, less.Outcome);
        Assert.Equal((PostOutcome.Differs, null), (other.Outcome, other.Pipeline));
        Assert.Contains("PATCH", other.Sentence, StringComparison.Ordinal);

        // The request that made it still does after a change by somebody else.
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Fps = 5 });
        Assert.Equal(PostOutcome.Present, (await rig.Posted.PostAsync(Request)).Outcome);
        Assert.Equal(5, made.Pipeline!.Options.Analysis.Fps);
    }

    [Fact]
    public async Task A_hundred_posts_at_once_make_one_stream()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => rig.Posted.PostAsync(Request))));

        Assert.Single(results, r => r.Outcome == PostOutcome.Created);
        Assert.Equal(99, results.Count(r => r.Outcome == PostOutcome.Present));
        Assert.Single(results.Select(r => r.Pipeline).Distinct());
    }

    [Fact]
    public async Task A_stream_ends_with_its_time_to_live_unless_it_is_posted_again()
    {
        await using var rig = new PostedRig(keeps: false);
        await rig.Posted.PostAsync(Request with { Ttl = 60 });
        Assert.Equal(rig.Time.GetUtcNow().AddSeconds(60), rig.Posted.ExpiresAt(Cam));

        rig.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(PostOutcome.Present, (await rig.Posted.PostAsync(Request with { Ttl = 60 })).Outcome);
        rig.Time.Advance(TimeSpan.FromSeconds(50));
        await rig.Pipelines.NextAsync("live/cam");
        Assert.NotNull(rig.Pipelines.Directory.Find(Cam));

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BecomesTrue(() => rig.Pipelines.Directory.Find(Cam) is null && rig.Posted.ExpiresAt(Cam) is null, "the stream is gone");
    }

    [Fact]
    public async Task A_restart_keeps_streams_with_identity_changes_and_lives()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        var id = (await rig.Posted.PostAsync(Request with { Ttl = 600 })).Pipeline!.Id;
        await rig.Posted.PostAsync(Request with { Name = "live/short", Ttl = 5 });
        await rig.Posted.PostAsync(Request with { Name = "live/gone" });
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Confidence = 0.5, Model = rig.OtherModel, Classes = [] });
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Fps = 12 });
        await rig.Posted.DeleteAsync(StreamName.Parse("live/gone"));
        var expiry = rig.Posted.ExpiresAt(Cam);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(rig.StateFilePath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        rig.Time.Advance(TimeSpan.FromSeconds(4.9));
        await rig.RestartAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.BecomesTrue(() => rig.Pipelines.Directory.All.Count == 1, "the one whose time is over is gone");

        var cam = rig.Pipelines.Directory.Find(Cam)!;
        Assert.Equal((id, expiry, StreamOrigin.Posted), (cam.Id, rig.Posted.ExpiresAt(Cam), cam.Origin));
        Assert.Equal((0.5, 12.0, 0), (cam.Options.Analysis.Confidence, cam.Options.Analysis.Fps, cam.Options.Analysis.Classes.Count));
        Assert.Equal("hammer", (await rig.Pipelines.NextAsync("live/cam")).Detections[0].Label);
        Assert.Equal(PostOutcome.Present, (await rig.Posted.PostAsync(Request)).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_annotated_video_goes_after_a_restart_where_it_went_before(bool isOn)
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        var target = rig.File("annotated.mkv");
        await rig.Posted.PostAsync(Request);
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Annotate = new AnnotateWish(true, target), AnnotatedHeight = 120 });
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Annotate = new AnnotateWish(false, null) });
        if (isOn)
        {
            await rig.Posted.PatchAsync(Cam, new StreamPatch { Annotate = new AnnotateWish(true, null), AnnotatedHeight = 0 });
        }

        await rig.RestartAsync();
        await rig.RestartAsync();
        var options = rig.Pipelines.Directory.Find(Cam)?.Options;
        Assert.Equal((isOn, target, isOn ? null : 120), (options?.Annotate, options?.AnnotateTo, options?.Video.Height));
        Assert.Empty(rig.Log.At(LogLevel.Warning));
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Annotate = new AnnotateWish(true, null) });
        Assert.EndsWith(target, rig.Pipelines.Directory.Find(Cam)?.Annotated?.Options.Target.Redacted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_file_without_the_annotated_videos_place_is_read()
    {
        await using var rig = new PostedRig();
        var target = rig.File("annotated.mkv");
        await File.WriteAllTextAsync(rig.StateFilePath, $$$"""
            {"version":1,"streams":[{
              "id":"01M7ZT7K5D5N06H55K8APWBYXH",
              "request":{"name":"live/cam","url":"{{{PostedRig.Pictures}}}"},
              "changes":{"annotate":"{{{target}}}","annotated_height":120}
            }]}
            """, TestContext.Current.CancellationToken);
        await rig.Posted.RestoreAsync();
        var options = rig.Pipelines.Directory.Find(Cam)?.Options;
        Assert.Equal((true, target, 120), (options?.Annotate, options?.AnnotateTo, options?.Video.Height));
    }

    [Fact]
    public async Task What_cannot_be_started_after_a_restart_is_told_and_kept_for_the_next_time()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        var model = rig.OtherModel;
        await rig.Posted.PostAsync(Request with { Model = model, Classes = null });
        File.Move(model, model + ".away");
        await rig.RestartAsync();

        Assert.Empty(rig.Pipelines.Directory.All);
        Assert.Contains("tools.onnx", Assert.Single(rig.Log.At(LogLevel.Warning)), StringComparison.Ordinal);
        File.Move(model + ".away", model);
        await rig.RestartAsync();
        Assert.NotNull(rig.Pipelines.Directory.Find(Cam));
    }

    [Fact]
    public async Task What_callers_may_no_longer_have_opened_is_left_out_after_a_restart_with_one_warning()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        await rig.Posted.PostAsync(Request);
        await rig.Posted.PostAsync(Request with { Name = "live/camera", Url = "rtsp://127.0.0.1:1/cam" });
        await rig.Posted.PostAsync(Request with { Name = "live/absent", Url = "rtsp://camera.invalid/cam" });
        rig.Allowed = LiveService.Anything with { Schemes = [SourceScheme.Rtsp], AllowPrivateAddresses = false };
        await rig.RestartAsync();

        // A name that cannot be looked up may be one whose network is not there yet.
        Assert.Equal(["live/absent"], rig.Pipelines.Directory.All.Select(p => p.Options.Name.Value));
        var warnings = rig.Log.At(LogLevel.Warning).Where(w => w.Contains("cannot be watched", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.Contains("live/cam: Sources of the kind 'lavfi'", warnings.Single(w => w.Contains("lavfi", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("live/camera: The host '127.0.0.1'", warnings.Single(w => w.Contains("127.0.0.1", StringComparison.Ordinal)), StringComparison.Ordinal);

        rig.Allowed = LiveService.Anything;
        await rig.RestartAsync();
        Assert.Equal(3, rig.Pipelines.Directory.All.Count);
    }

    [Fact]
    public async Task What_credentials_name_is_the_making_of_a_stream()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        Assert.Null(rig.Posted.GenerationOf(Cam));
        await rig.Posted.PostAsync(Request);
        var first = rig.Posted.GenerationOf(Cam);
        Assert.NotNull(first);
        await rig.RestartAsync();
        Assert.Equal(first, rig.Posted.GenerationOf(Cam));
        await rig.Posted.PatchAsync(Cam, new StreamPatch { Fps = 5 });
        Assert.Equal(first, rig.Posted.GenerationOf(Cam));

        await rig.Posted.DeleteAsync(Cam);
        Assert.Null(rig.Posted.GenerationOf(Cam));
        await rig.Posted.PostAsync(Request);
        Assert.NotNull(rig.Posted.GenerationOf(Cam));
        Assert.NotEqual(first, rig.Posted.GenerationOf(Cam));
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_a_second_service_keeps_its_hands_off()
    {
        await using var rig = new PostedRig();
        await File.WriteAllTextAsync(rig.StateFilePath, """{"version":1,"streams":[{"id":""", TestContext.Current.CancellationToken);
        await rig.Posted.RestoreAsync();

        var warning = Assert.Single(rig.Log.At(LogLevel.Warning));
        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(rig.StateFilePath)!, "*.damaged-*"));
        Assert.Contains(aside, warning, StringComparison.Ordinal);
        await rig.Posted.PostAsync(Request);
        Assert.Contains("live/cam", await File.ReadAllTextAsync(rig.StateFilePath, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Null(SavedStreamsFile.TryTake(rig.StateFilePath, rig.Time, rig.Log));
        Assert.Contains(rig.Log.At(LogLevel.Warning), l => l.Contains("another visionstream", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"version":2,"streams":[]}""")]
    [InlineData("""{"version":1,"streams":null}""")]
    [InlineData("""{"version":1,"streams":[{"id":"x"}]}""")]
    [InlineData("""{"version":1,"streams":[],"more":1}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Whatever_is_no_state_is_set_aside(string content)
    {
        await using var rig = new PostedRig();
        await File.WriteAllTextAsync(rig.StateFilePath, content, TestContext.Current.CancellationToken);
        await rig.Posted.RestoreAsync();

        Assert.Single(rig.Log.At(LogLevel.Warning));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(rig.StateFilePath)!, "*.damaged-*"));
        Assert.Empty(rig.Pipelines.Directory.All);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_one_sentence()
    {
        await using var rig = new PostedRig();
        await rig.Posted.RestoreAsync();
        await rig.Posted.PostAsync(Request);
        var e = Assert.Throws<BadInputException>(() => SavedStreamsFile.TryTake(Path.Combine(rig.StateFilePath, "below", "a-file.json"), rig.Time, rig.Log));
        Assert.StartsWith("state_file: ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cam", "live/cam")]
    [InlineData("live/cam", "live/cam")]
    public void Without_a_url_the_name_is_a_path_that_RTMP_publishers_can_use(string name, string expected)
    {
        Assert.Equal(expected, new StreamRequest { Name = name }.StreamName().Value);
        Assert.Equal(name, new StreamRequest { Name = name, Url = "rtsp://h/x" }.StreamName().Value);
    }

    [Fact]
    public async Task A_request_that_cannot_be_met_leaves_nothing()
    {
        await using var rig = new PostedRig(keeps: false);
        foreach (var (request, part) in new (StreamRequest, string)[]
        {
            (new() { Name = "live/cam" }, "--mediamtx"),
            (Request with { Url = "gopher://h/x" }, "gopher"),
            (Request with { Url = "/no/such.mp4" }, "/no/such.mp4"),
            (Request with { Model = "yolo99" }, "pets"),
            (Request with { Classes = ["unicorn"] }, "unicorn"),
            (Request with { Annotate = new(true, null) }, "--mediamtx"),
            (Request with { Annotate = new(true, "http://h/x") }, "http"),
        })
        {
            var e = await Assert.ThrowsAsync<BadInputException>(() => rig.Posted.PostAsync(request));
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Pipelines.Directory.All);
        Assert.Equal(PostOutcome.Created, (await rig.Posted.PostAsync(Request)).Outcome);
    }
}
