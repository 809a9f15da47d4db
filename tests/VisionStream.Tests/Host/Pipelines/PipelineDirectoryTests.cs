using VisionStream.Core.Metrics;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.Host.Pipelines;

public sealed class PipelineDirectoryTests
{
    private static readonly StreamName Cam = StreamName.Parse("live/cam");

    [Fact]
    public async Task A_stream_that_is_stopped_leaves_nothing_and_the_others_go_on()
    {
        await using var rig = new PipelineRig();
        var cam = await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        var other = await rig.Directory.StartAsync(rig.Options("live/other"), StreamOrigin.Configured);
        await rig.NextAsync("live/cam");

        Assert.True(await rig.Directory.StopAsync(Cam));

        Assert.Null(rig.Directory.Find(Cam));
        Assert.Null(rig.Feed.Find(Cam));
        Assert.True(cam!.Ended.IsCancellationRequested);
        Assert.False(cam.Readers.TryEnter());
        var ledger = cam.Live.Ledger;
        Assert.Equal(ledger.Decoded, ledger.Analysed + Enum.GetValues<DropReason>().Sum(ledger.Dropped));
        var last = rig.Results.Count(r => r.Stream == Cam);
        var session = (await rig.NextAsync("live/other")).Session;
        Assert.Same(session, (await rig.NextAsync("live/other")).Session);
        Assert.Equal(last, rig.Results.Count(r => r.Stream == Cam));
        Assert.Same(other, Assert.Single(rig.Directory.All));
        Assert.False(await rig.Directory.StopAsync(Cam));
    }

    [Fact]
    public async Task A_change_is_live_and_keeps_session_and_frames()
    {
        await using var rig = new PipelineRig();
        await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        var before = await rig.NextAsync("live/cam", r => r.Detections.Count == 1);

        await rig.Directory.UpdateAsync(Cam, o => o with { Analysis = o.Analysis with { Confidence = 0.7 } });
        await rig.NextAsync("live/cam", r => r.Detections.Count == 0);
        await rig.Directory.UpdateAsync(Cam, o => o with { Analysis = o.Analysis with { Confidence = 0.25, Classes = ["dog"] } });
        var afterwards = await rig.NextAsync("live/cam");

        Assert.Empty(afterwards.Detections);
        Assert.Same(before.Session, afterwards.Session);
        Assert.True(afterwards.Sequence > before.Sequence && afterwards.FrameId > before.FrameId);
        Assert.Equal(["dog"], rig.Directory.Find(Cam)!.Options.Analysis.Classes);
    }

    [Fact]
    public async Task Another_model_takes_over_in_the_same_session_and_the_former_is_let_go()
    {
        await using var rig = new PipelineRig();
        await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        var before = await rig.NextAsync("live/cam");

        await rig.Directory.UpdateAsync(Cam, o => o with { Analysis = o.Analysis with { Model = rig.Files.Tools } });
        var after = await rig.NextAsync("live/cam", r => r.Model.Name == "tools");

        Assert.Equal("hammer", Assert.Single(after.Detections).Label);
        Assert.Same(before.Session, after.Session);
        Assert.True(after.Sequence > before.Sequence);
        Assert.Equal("tools", rig.Feed.Find(Cam)!.Model!.Name);

        // Loaded anew, so nothing held it any more.
        using var first = rig.Models.Take(rig.Files.Pets, null);
        using var second = rig.Models.Take(rig.Files.Pets, null);
        Assert.Same(first.Detectors, second.Detectors);
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_changes_nothing()
    {
        await using var rig = new PipelineRig();
        await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        var options = rig.Directory.Find(Cam)!.Options;

        foreach (var change in (Func<StreamOptions, StreamOptions>[])
        [
            o => o with { Analysis = o.Analysis with { Classes = ["unicorn"] } },
            o => o with { Analysis = o.Analysis with { Model = rig.Files.File("missing.onnx") } },
            o => o with { Annotate = true, AnnotateTo = "http://nowhere/x" },
            o => o with { Annotate = true },
        ])
        {
            var e = await Assert.ThrowsAsync<BadInputException>(() => rig.Directory.UpdateAsync(Cam, change));
            Assert.NotEmpty(e.Message);
            Assert.Same(options, rig.Directory.Find(Cam)!.Options);
        }

        Assert.Single((await rig.NextAsync("live/cam")).Detections);
    }

    [Fact]
    public async Task The_annotated_video_comes_and_goes_while_detections_go_on()
    {
        await using var rig = new PipelineRig();
        await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        var before = await rig.NextAsync("live/cam");
        var file = rig.Files.File("annotated.mkv");

        await rig.Directory.UpdateAsync(Cam, o => o with { Annotate = true, AnnotateTo = file });
        var annotated = rig.Directory.Find(Cam)!.Annotated!;
        await Eventually.BecomesTrue(() => annotated.Status.Sent > 3, "annotated pictures are written");
        await rig.Directory.UpdateAsync(Cam, o => o with { Annotate = false });

        Assert.Null(rig.Directory.Find(Cam)!.Annotated);
        Assert.True(annotated.Completion.IsCompletedSuccessfully);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Same(before.Session, (await rig.NextAsync("live/cam")).Session);
    }

    [Fact]
    public async Task What_was_named_takes_the_place_of_what_was_discovered_and_never_the_other_way_round()
    {
        await using var rig = new PipelineRig();
        var discovered = await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Discovered);
        Assert.Null(await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Discovered));

        await Assert.ThrowsAsync<BadInputException>(() => rig.Directory.StartAsync(rig.Options("live/cam", "/no/such/file.mp4"), StreamOrigin.Posted));
        Assert.Same(discovered, rig.Directory.Find(Cam));

        var posted = await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        Assert.Equal((StreamOrigin.Posted, discovered!.Id), (posted!.Origin, posted.Id));
        Assert.Null(await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Discovered));
        Assert.Null(await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Configured));
        Assert.False(await rig.Directory.StopAsync(Cam, StreamOrigin.Discovered));
        Assert.Same(posted, Assert.Single(rig.Directory.All));
    }

    [Fact]
    public async Task Many_callers_at_once_leave_streams_whole()
    {
        await using var rig = new PipelineRig();
        string[] names = ["live/a", "live/b", "live/c"];
        await rig.Directory.StartAsync(rig.Options("live/steady"), StreamOrigin.Configured);
        var steady = await rig.NextAsync("live/steady");

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            var options = rig.Options(names[i % 3]);
            _ = (i / 3 % 3) switch
            {
                0 => (object?)await rig.Directory.StartAsync(options, StreamOrigin.Posted),
                1 => await rig.Directory.UpdateAsync(options.Name, o => o with { Analysis = o.Analysis with { Model = i % 2 == 0 ? rig.Files.Tools : rig.Files.Pets } }),
                _ => await rig.Directory.StopAsync(options.Name),
            };
        })));

        await Task.WhenAll(names.Select(n => rig.Directory.StartAsync(rig.Options(n), StreamOrigin.Posted)));
        foreach (var name in names)
        {
            Assert.Single((await rig.NextAsync(name)).Detections);
        }

        Assert.Same(steady.Session, (await rig.NextAsync("live/steady")).Session);
    }

    [Fact]
    public async Task A_stream_ends_after_the_last_who_reads_its_frames()
    {
        await using var rig = new PipelineRig();
        var cam = await rig.Directory.StartAsync(rig.Options("live/cam"), StreamOrigin.Posted);
        await rig.NextAsync("live/cam");
        Assert.True(cam!.Readers.TryEnter());
        Assert.True(cam.Live.Ring.TryLeaseNewest(0, out var lease));

        var stopping = rig.Directory.StopAsync(Cam);
        await Eventually.BecomesTrue(() => !Enter(cam.Readers), "nobody is let in any more");
        Assert.False(stopping.IsCompleted);
        lease.Dispose();
        cam.Readers.Leave();
        Assert.True(await stopping);

        static bool Enter(ReaderGate gate)
        {
            var entered = gate.TryEnter();
            if (entered)
            {
                gate.Leave();
            }

            return entered;
        }
    }
}
