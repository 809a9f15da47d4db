using VisionStream.LibAv;
using VisionStream.Tests.LibAv;

namespace VisionStream.Tests.Restream.Sources;

/// <summary>A file that goes on with its clock 20 s back, as the stream of a camera that has started anew.</summary>
internal static class ClockThatGoesBack
{
    /// <summary>Pictures, 40 ms apart, of each of the two parts.</summary>
    public const int Pictures = 25;

    /// <summary>Writes it into a folder and gives its name.</summary>
    public static string Write(string folder)
    {
        var file = Path.Combine(folder, "back.ts");
        using var joined = File.Create(file);
        foreach (var start in new[] { 20_000, 0 })
        {
            var part = Path.Combine(folder, $"part-{start}.ts");
            WritePart(part, start);
            joined.Write(File.ReadAllBytes(part));
        }

        return file;
    }

    private static void WritePart(string file, int startMs)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var source = Demuxer.Open(Clips.Find("mall-people-walking.mp4"), null, cancel);
        using var muxer = Muxer.Open(file, new MuxerOptions { Format = "mpegts" }, cancel);
        var video = source.Video!;
        _ = muxer.AddStream(video.Parameters, Rational.Milliseconds);
        muxer.WriteHeader();
        using var packet = new Packet();
        for (var i = 0; i < Pictures;)
        {
            Assert.Equal(ReadResult.Packet, source.Read(packet));
            if (packet.StreamIndex == video.Index)
            {
                // As a camera without B-frames would send them.
                packet.Pts = packet.Dts = startMs + (i++ * 40);
                packet.Duration = 40;
                packet.StreamIndex = 0;
                Assert.Equal(WriteResult.Written, muxer.Write(packet));
            }
        }

        muxer.Finish();
    }
}
