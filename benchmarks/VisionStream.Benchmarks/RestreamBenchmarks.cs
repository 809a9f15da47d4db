using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.LibAv;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Targets;
using PixelLayout = VisionStream.Core.Frames.PixelLayout;

namespace VisionStream.Benchmarks;

/// <summary>
/// The whole restream of a 720p clip (decode, ring, copy, ten boxes, line, libx264 ultrafast, file) against ffmpeg decoding and
/// encoding the same clip with the same settings, both with one thread for each codec. The aim is a ratio of 1.15 at most. On an idle
/// machine wall time is CPU time here; on a busy one compare user times instead.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(ExpectedAllocationAttribute.Any)]
public class RestreamBenchmarks
{
    private const int Frames = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("restream-benchmark-").FullName;

    private string Clip => Path.Combine(_folder, "clip.mkv");

    [GlobalSetup]
    public void SetUp() => Run($"-f lavfi -i testsrc2=size=1280x720:rate=30 -frames:v {Frames} -c:v libx264 -preset veryfast -bf 0 {Clip}");

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public void Ffmpeg() => Run(
        $"-threads 1 -i {Clip} -c:v libx264 -preset ultrafast -tune zerolatency -threads 1 -b:v 2304000 -maxrate 2304000 " +
        $"-bufsize 1152000 -g 60 {Path.Combine(_folder, "ffmpeg.mkv")}");

    [Benchmark]
    public long Restream()
    {
        using var demuxer = Demuxer.Open(Clip);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var stream = new LiveStream(StreamName.Parse("benchmark"));
        var options = new AnnotationOptions { Target = TargetUrl.Parse(Path.Combine(_folder, "restream.mkv")), Information = true };
        var output = new FrameFormat(1280, 720, PixelLayout.I420, ColorMatrix.Bt709, Core.Frames.ColorRange.Limited);
        using var painter = new StreamPainter(stream.Name, options, output, TimeProvider.System);
        using var target = TargetSession.Open(
            options.Target, new VideoEncoding(), output, null, TimeSpan.FromSeconds(5), NullLogger.Instance, CancellationToken.None);
        var session = StreamSession.Start(TimeProvider.System);
        using var packet = new Packet();
        using var frame = new Frame();
        var count = 0L;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            _ = decoder.Send(packet);
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                Publish(stream.Ring, frame, output, session, count);
                if (count % 3 == 0)
                {
                    painter.Observe(Result(stream.Name, session, count));
                }

                if (stream.Ring.TryLeaseNewest(0, out var lease))
                {
                    using (lease)
                    {
                        painter.Paint(lease.Frame, target.Picture());
                    }

                    target.SendPicture(count * 3000, asKeyFrame: false);
                }

                count++;
            }
        }

        return count;
    }

    private static void Publish(FrameRing ring, Frame frame, in FrameFormat format, StreamSession session, long count)
    {
        if (ring.TryBeginWrite(format, out var write))
        {
            for (var plane = 0; plane < 3; plane++)
            {
                write.CopyPlane(plane, frame.Plane(plane), frame.Stride(plane));
            }

            ring.Publish(write, new FrameInfo(session, new MediaTime(count * 3000, 1, 90_000), default, ClockSource.Arrival, 0, 0, false));
        }
    }

    private static FrameDetections Result(StreamName stream, StreamSession session, long count) => new()
    {
        Stream = stream,
        Session = session,
        Sequence = count + 1,
        FrameId = count,
        PtsMs = count * 100 / 3.0,
        Width = 1280,
        Height = 720,
        IngestedAt = default,
        Clock = ClockSource.Arrival,
        Latency = default,
        Model = new ModelInfo("none", []),
        Dropped = 0,
        Detections = [.. Enumerable.Range(0, 10).Select(i => new Detection(i, "person", 0.8f, new BoundingBox((i * 100) + count, i * 50, 200, 240)))],
    };

    private static void Run(string arguments)
    {
        using var process = Process.Start("ffmpeg", "-y -v error -nostdin " + arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg ended with {process.ExitCode}.");
        }
    }
}
