using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class FrameScannerTests
{
    private static readonly byte[] Wire =
    [
        .. Frame(0x81, """{"type":"hello","schema":"visionstream/1"}"""),
        .. Frame(0x81, Detections(7, 100)),
        .. Frame(0x89, ""),
        .. Frame(0x81, Detections(8, 3_000)),
        .. Frame(0x81, """{"type":"lag","lost":2,"lost_total":2}"""),
        .. Frame(0x81, Detections(11, 70_000)),
        .. Frame(0x81, """{"type":"status","stream":"a","state":"offline"}"""),
        .. Frame(0x81, Detections(11, 10)),
        .. Frame(0x88, ""),
    ];

    [Fact]
    public void Frames_are_found_however_the_bytes_are_cut() =>
        Prop.ForAll<PositiveInt[]>(cuts =>
        {
            var scanner = new FrameScanner();
            var results = new List<(long Sequence, int Length)>();
            var held = new byte[4096];
            var count = 0;
            var at = 0;
            for (var i = 0; at < Wire.Length; i++)
            {
                var wanted = i < cuts.Length ? cuts[i].Get : 4096;
                var read = Math.Min(Math.Min(wanted, held.Length - count), Wire.Length - at);
                Wire.AsSpan(at, read).CopyTo(held.AsSpan(count));
                at += read;
                count += read;
                var done = scanner.Scan(held.AsSpan(0, count), (s, l) => results.Add((s, l)));
                held.AsSpan(done, count - done).CopyTo(held);
                count -= done;
            }

            Assert.Equal([(7, 2 + 100), (8, 4 + 3_000), (11, 10 + 70_000), (11, 2 + Detections(11, 10).Length)], results);
            Assert.Equal((2, 1, 2, 1), (scanner.Gaps, scanner.Disordered, scanner.LostAsTold, scanner.Pings));
            Assert.True(scanner.IsGreeted && scanner.IsClosed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_frame_that_no_server_should_send_is_told() =>
        Assert.Throws<InvalidDataException>(() => new FrameScanner().Scan(Frame(0x82, "binary"), (_, _) => { }));

    private static string Detections(long sequence, int length) =>
        $$"""{"type":"detections","stream":"a","seq":{{sequence}},"detections":[]}""".PadRight(length);

    private static byte[] Frame(byte kind, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var length = bytes.Length;
        byte[] header = length <= 125 ? [kind, (byte)length]
            : length <= 65_535 ? [kind, 126, (byte)(length >> 8), (byte)length]
            : [kind, 127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [.. header, .. bytes];
    }
}
