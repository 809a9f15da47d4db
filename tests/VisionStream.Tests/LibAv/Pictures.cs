using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

/// <summary>Decodes inputs the way a reader of the library would: read, send, receive until input is needed.</summary>
internal static class Pictures
{
    /// <summary>A generated input.</summary>
    public static Demuxer Generated(string filter)
    {
        return Demuxer.Open(filter, new DemuxerOptions { InputFormat = "lavfi" }, TestContext.Current.CancellationToken);
    }

    /// <summary>Decodes the video to its end and shows every picture to the visitor.</summary>
    public static void ForEach(Demuxer demuxer, VideoDecoder decoder, Action<Frame> visit)
    {
        using var packet = new Packet();
        using var frame = new Frame();
        var video = demuxer.Video!.Index;
        ReadResult read;
        while ((read = demuxer.Read(packet)) == ReadResult.Packet)
        {
            if (packet.StreamIndex == video)
            {
                Assert.Equal(SendResult.Accepted, decoder.Send(packet));
                Receive(decoder, frame, visit, ReceiveResult.NeedsInput);
            }
        }

        Assert.Equal(ReadResult.EndOfStream, read);
        Assert.Equal(SendResult.Accepted, decoder.SendEnd());
        Receive(decoder, frame, visit, ReceiveResult.Ended);
    }

    private static void Receive(VideoDecoder decoder, Frame frame, Action<Frame> visit, ReceiveResult end)
    {
        ReceiveResult received;
        while ((received = decoder.Receive(frame)) == ReceiveResult.Received)
        {
            visit(frame);
        }

        Assert.Equal(end, received);
    }
}
