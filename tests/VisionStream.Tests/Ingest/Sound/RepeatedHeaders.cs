using System.Buffers.Binary;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Targets;
using VisionStream.Tests.Restream.Publish;

namespace VisionStream.Tests.Ingest.Sound;

/// <summary>An FLV file whose AAC header comes again and again, as some encoders send it over RTMP.</summary>
internal static class RepeatedHeaders
{
    // FLV 10.1, annex E: nine bytes of header and the length of no tag before it; tags of 11 bytes, their data and their length.
    private const int FileHeader = 13;
    private const int TagHeader = 11;
    private const int AudioTag = 8;
    private const int AacCodec = 10;
    private const int PacketsBetween = 10;

    /// <summary>Writes it and says how many headers of sound there are.</summary>
    public static async Task<int> WriteAsync(string file)
    {
        var options = new PublishOptions { Source = TestPattern.Source(2) with { Paced = false }, Target = TargetUrl.Parse(file) };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var flv = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var repeated = new MemoryStream();
        repeated.Write(flv, 0, FileHeader);
        byte[]? header = null;
        var (headers, packets) = (0, 0);
        for (var at = FileHeader; at < flv.Length;)
        {
            var length = TagHeader + (BinaryPrimitives.ReadInt32BigEndian(flv.AsSpan(at)) & 0xFFFFFF) + sizeof(int);
            var tag = flv[at..(at + length)];
            if (tag[0] == AudioTag && tag[TagHeader] >> 4 == AacCodec)
            {
                if (tag[TagHeader + 1] == 0)
                {
                    header = tag;
                    headers++;
                }
                else if (++packets % PacketsBetween == 0)
                {
                    // With the time of the packet that it stands before.
                    tag.AsSpan(4, 4).CopyTo(header.AsSpan(4));
                    repeated.Write(header);
                    headers++;
                }
            }

            repeated.Write(tag);
            at += length;
        }

        await File.WriteAllBytesAsync(file, repeated.ToArray(), TestContext.Current.CancellationToken);
        return headers;
    }
}
