using System.Diagnostics;
using VisionStream.Core.Streams;
using VisionStream.Ingest.Recording;
using VisionStream.LibAv;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Ingest.Recording;

public sealed class StreamRecorderTests
{
    private static readonly string[] SoundAndPictures =
    [
        "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=6", "-f", "lavfi", "-i", "sine=duration=6",
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "2", "-c:a", "aac",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("clip.flv")]
    [InlineData("clip.ts")]
    [InlineData("clip.mkv")]
    public async Task Packets_are_copied_as_they_are_with_their_sound(string name)
    {
        using var ffmpeg = new FfmpegTool();
        var source = await ffmpeg.Make(name, SoundAndPictures);
        await using var probe = new IngestProbe(source);
        Assert.True(probe.Ingest.Recorder.Start(ffmpeg.PathOf("recordings")));
        Assert.Equal(RecordingState.Waiting, probe.Ingest.Recorder.Status.State);
        await probe.RunToEnd();
        await probe.Ingest.Recorder.StopAsync();

        var status = probe.Ingest.Recorder.Status;
        Assert.True(status.Error.Length == 0, status.Error);
        Assert.Equal(RecordingState.Off, status.State);
        var file = Assert.Single(Directory.GetFiles(ffmpeg.PathOf("recordings")));
        Assert.Equal(status.File, file);
        Assert.Matches(@"^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d-\d{3}\.mp4$", Path.GetFileName(file));
        Assert.Equal(150, Count(file, MediaKind.Video, out var isWhole));
        Assert.True(isWhole);
        Assert.InRange(Count(file, MediaKind.Audio, out _), 240, 262);
        Assert.Equal(150, Pictures(file));
    }

    [Fact]
    public async Task Hevc_of_a_transport_stream_gets_its_parameter_sets()
    {
        using var ffmpeg = new FfmpegTool();
        var source = await ffmpeg.Make(
            "clip.ts", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=25");
        await using var probe = new IngestProbe(source);
        probe.Ingest.Recorder.Start(ffmpeg.PathOf("recordings"));
        await probe.RunToEnd();
        await probe.Ingest.Recorder.StopAsync();
        Assert.Equal(50, Pictures(Assert.Single(Directory.GetFiles(ffmpeg.PathOf("recordings")))));
    }

    [Theory]
    [InlineData("ts", 0)]
    [InlineData("flv", 13)]
    public async Task Pictures_of_another_size_begin_a_file_with_their_own_header(string container, int head)
    {
        // One connection over which the publisher goes on with another size: FLV tells it by a tag, a transport stream in the pictures.
        using var ffmpeg = new FfmpegTool();
        var small = await ffmpeg.Make($"small.{container}", Clip("320x180", 0));
        var large = await ffmpeg.Make($"large.{container}", Clip("640x360", 2));
        var source = ffmpeg.PathOf($"both.{container}");
        await File.WriteAllBytesAsync(
            source, [.. await File.ReadAllBytesAsync(small, Cancel), .. (await File.ReadAllBytesAsync(large, Cancel))[head..]], Cancel);
        await using var probe = new IngestProbe(source);
        probe.Ingest.Recorder.Start(ffmpeg.PathOf("recordings"));
        await probe.RunToEnd();
        await probe.Ingest.Recorder.StopAsync();

        Assert.Equal("", probe.Ingest.Recorder.Status.Error);
        var files = Directory.GetFiles(ffmpeg.PathOf("recordings")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([(320, 180), (640, 360)], files.Select(SizeOf));
        Assert.All(files, f => Assert.InRange(Pictures(f), 49, 50));

        static string[] Clip(string size, int from) =>
        [
            "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25:duration=2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "0",
            "-output_ts_offset", $"{from}",
        ];
    }

    [Fact]
    public async Task A_recording_that_starts_after_the_size_has_changed_has_the_new_one()
    {
        using var ffmpeg = new FfmpegTool();
        using var pictures = Demuxer.Open(
            await ffmpeg.Make("a.ts", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=1", "-c:v", "libx264"), cancellationToken: Cancel);
        using var packet = new Packet();
        Assert.Equal(ReadResult.Packet, pictures.Read(packet));
        var coding = new PictureCoding();

        // Parameter sets of the pictures are looked at only when they matter; the container's own are the first to compare with.
        var others = (byte[])[0, 0, 0, 1, 0x67, 1, 2, 3, 0, 0, 0, 1, 0x68, 4];
        Assert.False(coding.IsChangedBy(packet, "h264", others, looksInside: false));
        Assert.True(coding.Header.IsEmpty);
        Assert.True(coding.IsChangedBy(packet, "h264", others, looksInside: true));
        Assert.Equal(ParameterSets.Of("h264", packet.Data), coding.Header.ToArray());
        Assert.False(coding.IsChangedBy(packet, "h264", others, looksInside: true));
        coding.Begin();
        Assert.True(coding.Header.IsEmpty);
        Assert.False(coding.IsChangedBy(packet, "h264", [], looksInside: true));
    }

    [Fact]
    public async Task A_file_that_is_cut_off_loses_its_last_second_at_most()
    {
        using var ffmpeg = new FfmpegTool();
        var source = await ffmpeg.Make("clip.mp4", [.. SoundAndPictures[..4], "-c:v", "libx264", "-preset", "ultrafast", "-g", "250", "-bf", "0"]);
        await using var probe = new IngestProbe(source);
        probe.Ingest.Recorder.Start(ffmpeg.PathOf("recordings"));
        await probe.RunToEnd();
        await Eventually.BecomesTrue(() => probe.Ingest.Recorder.Status.Packets == 150, "all packets are written");

        // What lies on the disk now is what a crash would leave: nobody has closed the file.
        var left = ffmpeg.PathOf("left.mp4");
        File.Copy(probe.Ingest.Recorder.Status.File!, left);
        Assert.InRange(Pictures(left), 125, 150);
        await probe.Ingest.Recorder.StopAsync();
        Assert.Equal(150, Pictures(probe.Ingest.Recorder.Status.File!));
    }

    [Fact]
    public async Task Starting_twice_is_said_and_every_start_has_its_file()
    {
        using var folder = new TemporaryFolder();
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"), IngestProbe.AsFast with { Loop = true });
        probe.Ingest.Start();
        var recorder = probe.Ingest.Recorder;
        for (var i = 1; i <= 2; i++)
        {
            Assert.True(recorder.Start(folder["r"]));
            Assert.False(recorder.Start(folder["r"]));
            await Eventually.BecomesTrue(() => recorder.Status.State == RecordingState.Recording, "a file is begun");
            await recorder.StopAsync();
            Assert.Equal(RecordingState.Off, recorder.Status.State);
            Assert.True(Directory.GetFiles(folder["r"]).Length >= i);
        }

        await recorder.StopAsync();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_ends_the_recording_and_not_the_stream()
    {
        await using var probe = new IngestProbe(Clips.Find("highway-cars.mp4"));
        probe.Ingest.Recorder.Start("/dev/null/recordings");
        await probe.RunToEnd();
        await probe.Ingest.Recorder.StopAsync();
        var status = probe.Ingest.Recorder.Status;
        Assert.Equal(RecordingState.Failed, status.State);
        Assert.StartsWith("The recording has ended: ", status.Error, StringComparison.Ordinal);
        Assert.Equal(38, probe.Ledger.Decoded);
        Assert.True(probe.Ingest.Recorder.Start("/dev/null/recordings"), "it can be tried again");
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording_and_not_the_stream()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["r"]);
        var time = new ManualTime();

        // The kernel's device that is always full: character device 1, 7.
        using (var make = Process.Start("mknod", [Path.Combine(folder["r"], RecordingFile.NameOf(time.GetUtcNow())), "c", "1", "7"]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
            Prerequisite.Require(make.ExitCode == 0, "the right to make device files");
        }

        var run = new RecordingRun(StreamName.Parse("test/full"), folder["r"], time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        Assert.Equal(ReadResult.Packet, demuxer.Read(packet));
        run.Begin(1, [RecordedTrack.Of(demuxer.Video!, packet)]);
        do
        {
            if (run.Has(packet.StreamIndex))
            {
                run.Offer(packet);
            }
        }
        while (demuxer.Read(packet) == ReadResult.Packet);
        await run.StopAsync();
        Assert.Equal(RecordingState.Failed, run.Status.State);
        Assert.Contains("No space left", run.Status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_that_hangs_costs_packets_up_to_the_next_key_picture_and_nothing_else()
    {
        using var ffmpeg = new FfmpegTool();
        var source = await ffmpeg.Make("clip.mp4", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=60", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25");
        using var fifo = new TemporaryFolder();
        Directory.CreateDirectory(fifo["r"]);
        var time = new ManualTime();

        // Opening a pipe for writing waits for its reader.
        var pipe = Path.Combine(fifo["r"], RecordingFile.NameOf(time.GetUtcNow()));
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = new RecordingRun(StreamName.Parse("test/slow"), fifo["r"], time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using var demuxer = Demuxer.Open(source, cancellationToken: TestContext.Current.CancellationToken);
        using var packet = new Packet();
        Assert.Equal(ReadResult.Packet, demuxer.Read(packet));
        run.Begin(1, [RecordedTrack.Of(demuxer.Video!, packet)]);
        var offered = 0L;
        do
        {
            run.Offer(packet);
            offered++;
        }
        while (demuxer.Read(packet) == ReadResult.Packet);
        Assert.Equal(1500, offered);
        Assert.InRange(run.Status.Dropped, 900, 1000);
        await using var reader = new FileStream(pipe, FileMode.Open, FileAccess.Read);
        var draining = reader.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        await run.StopAsync();
        await draining;
        Assert.Equal(offered, run.Status.Packets + run.Status.Dropped);
    }

    private static int Count(string file, MediaKind kind, out bool isWhole)
    {
        using var demuxer = Demuxer.Open(file);
        using var packet = new Packet();
        var index = (kind == MediaKind.Video ? demuxer.Video : demuxer.Audio)!.Index;
        var count = 0;
        isWhole = true;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex == index)
            {
                count++;
                isWhole &= packet.Size > 0 && packet.Pts >= packet.Dts;
            }
        }

        return count;
    }

    private static (int Width, int Height) SizeOf(string file)
    {
        using var demuxer = Demuxer.Open(file, cancellationToken: Cancel);
        return (demuxer.Video!.Parameters.Width, demuxer.Video.Parameters.Height);
    }

    private static int Pictures(string file)
    {
        using var demuxer = Demuxer.Open(file);
        using var packet = new Packet();
        using var frame = new Frame();
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        var count = 0;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex == demuxer.Video!.Index)
            {
                Assert.Equal(SendResult.Accepted, decoder.Send(packet));
                count += Receive();
            }
        }

        decoder.SendEnd();
        return count + Receive();

        int Receive()
        {
            var pictures = 0;
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                Assert.False(frame.IsCorrupt);
                pictures++;
            }

            return pictures;
        }
    }
}
