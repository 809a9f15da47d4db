using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class CorruptInputTests
{
    [Fact]
    public void Broken_packets_are_results_or_marked_pictures_and_decoding_goes_on()
    {
        using var demuxer = Demuxer.Open(Clips.Find("person-enter-leave.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!, new VideoDecoderOptions { OutputCorrupt = true });
        using var packet = new Packet();
        using var frame = new Frame();
        var random = new Random(7);
        var (noticed, clean, number) = (0, 0, 0);
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            var damaged = ++number is > 100 and < 200;
            if (damaged)
            {
                // The length fields of the NAL units stay, so that the damage reaches the slices.
                var data = packet.GetWritableData();
                for (var i = 12; i < data.Length; i += 40)
                {
                    data[i] = (byte)random.Next(256);
                }
            }

            noticed += decoder.Send(packet) == SendResult.Corrupt ? 1 : 0;
            ReceiveResult received;
            while ((received = decoder.Receive(frame)) is ReceiveResult.Received or ReceiveResult.Corrupt)
            {
                noticed += received == ReceiveResult.Corrupt || frame.IsCorrupt ? 1 : 0;
                clean += received == ReceiveResult.Received && !frame.IsCorrupt && number > 250 ? 1 : 0;
            }
        }

        Assert.True(noticed >= 50, $"{noticed} of 99 damaged packets were noticed");
        Assert.True(clean >= 240, $"{clean} pictures after the damage were clean");
    }

    [Fact]
    public void A_packet_of_noise_is_a_result()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = VideoDecoder.Open(demuxer.Video!);
        using var packet = new Packet();
        var noise = new byte[500];
        new Random(1).NextBytes(noise);
        packet.SetData(noise);
        Assert.Equal(SendResult.Corrupt, decoder.Send(packet));
    }

    [Fact]
    public void A_file_that_is_no_media_is_refused_with_a_sentence()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.bin");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("This is a letter, not a film. ", 500)));
        try
        {
            var error = Assert.Throws<LibAvException>(() => Demuxer.Open(path, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(LibAvError.InvalidData, error.Error);
            Assert.StartsWith($"Opening {path} failed: Invalid data", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_clip_cut_off_in_the_middle_ends_and_does_not_crash()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mp4");
        var whole = File.ReadAllBytes(Clips.Find("highway-cars.mp4"));
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        try
        {
            // The index lies at either end of an MP4 file; without it there is nothing to open.
            using var demuxer = Demuxer.Open(path, cancellationToken: TestContext.Current.CancellationToken);
            using var packet = new Packet();
            ReadResult read;
            while ((read = demuxer.Read(packet)) == ReadResult.Packet)
            {
            }

            Assert.Equal(ReadResult.EndOfStream, read);
        }
        catch (LibAvException error)
        {
            Assert.Equal(LibAvError.InvalidData, error.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
