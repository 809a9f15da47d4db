using System.Runtime.InteropServices;
using VisionStream.LibAv;

namespace VisionStream.Tests.LibAv;

public sealed class AudioTests
{
    [Theory]
    [InlineData("aac", 44_100, 1, 1024)]
    [InlineData("aac", 48_000, 2, 1024)]
    [InlineData("libopus", 24_000, 1, 480)]
    [InlineData("libopus", 48_000, 2, 960)]
    [InlineData("pcm_s16le", 16_000, 1, 320)]
    public void A_tone_is_resampled_encoded_and_read_back(string encoderName, int rate, int channels, int runLength)
    {
        using var folder = new TemporaryFolder();
        using (var muxer = Muxer.Open(folder["tone.mkv"], cancellationToken: TestContext.Current.CancellationToken))
        {
            using var encoder = AudioEncoder.Open(new AudioEncoderOptions { Encoder = encoderName, SampleRate = rate, Channels = channels, BitRate = 48_000 * channels, GlobalHeader = muxer.WantsGlobalHeader });
            Assert.Equal((rate, channels, runLength, new Rational(1, rate)), (encoder.SampleRate, encoder.Channels, encoder.RunLength, encoder.TimeBase));
            _ = muxer.AddStream(encoder);
            muxer.WriteHeader();
            using var tone = Pictures.Generated("sine=frequency=440:sample_rate=32000:duration=2");
            Transcode(tone, encoder, muxer);
            muxer.Finish();
        }

        using var demuxer = Demuxer.Open(folder["tone.mkv"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((MediaKind.Audio, channels), (demuxer.Audio!.Kind, demuxer.Audio.Parameters.Channels));
        var (samples, crossings) = Listen(demuxer);
        var seconds = samples / (double)demuxer.Audio.Parameters.SampleRate;
        Assert.InRange(seconds, 1.95, 2.1);
        // A tone crosses zero twice a period.
        Assert.InRange(crossings / seconds / 2, 425, 455);
    }

    [Fact]
    public void The_first_run_of_a_clip_with_sound_is_decoded()
    {
        using var demuxer = Demuxer.Open(Clips.Find("highway-cars.mp4"), cancellationToken: TestContext.Current.CancellationToken);
        using var decoder = AudioDecoder.Open(demuxer.Audio!);
        using var packet = new Packet();
        using var frame = new Frame();
        var total = 0;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex == demuxer.Audio!.Index)
            {
                Assert.Equal(SendResult.Accepted, decoder.Send(packet));
                while (decoder.Receive(frame) == ReceiveResult.Received)
                {
                    Assert.Equal((SampleFormat.FltP, demuxer.Audio.Parameters.SampleRate), (frame.SampleFormat, frame.SampleRate));
                    Assert.Equal(frame.Channels, frame.SamplePlaneCount);
                    Assert.Equal(frame.SampleCount * sizeof(float), frame.Samples(0).Length);
                    total += frame.SampleCount;
                }
            }
        }

        Assert.InRange(total / (double)demuxer.Audio!.Parameters.SampleRate, 1.3, 1.7);
        Assert.Throws<ArgumentException>(() => AudioDecoder.Open(demuxer.Video!));
        Assert.Throws<ArgumentException>(() => VideoDecoder.Open(demuxer.Audio));
    }

    [Fact]
    public void Runs_of_any_length_become_runs_of_the_codecs_length_with_rising_times()
    {
        using var encoder = AudioEncoder.Open(new AudioEncoderOptions { Encoder = "aac", SampleRate = 48_000 });
        using var frame = new Frame();
        using var packet = new Packet();
        var (sent, durations, last) = (0, 0L, long.MinValue);
        foreach (var count in Enumerable.Repeat(new[] { 1, 100, 1023, 1024, 1025, 4000 }, 5).SelectMany(counts => counts))
        {
            frame.AllocateAudio(count, 48_000, 1, encoder.SampleFormat);
            frame.WritableSamples(0).Clear();
            // A millisecond of jitter must not show.
            frame.Pts = sent + (sent % 2 * 48);
            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
            sent += count;
            while (encoder.Receive(packet) == ReceiveResult.Received)
            {
                Check(packet);
            }
        }

        encoder.SendEnd();
        Assert.Equal(SendResult.Ended, encoder.Send(frame));
        ReceiveResult received;
        while ((received = encoder.Receive(packet)) == ReceiveResult.Received)
        {
            Check(packet);
        }

        Assert.Equal(ReceiveResult.Ended, received);
        Assert.InRange(durations, sent, sent + 2048);

        void Check(Packet packet)
        {
            Assert.True(last == long.MinValue || packet.Pts == last + 1024, $"{packet.Pts} after {last}");
            last = packet.Pts;
            durations += 1024;
        }
    }

    [Fact]
    public void A_jump_of_the_clock_is_followed_and_a_caller_that_never_receives_is_told()
    {
        using var encoder = AudioEncoder.Open(new AudioEncoderOptions { Encoder = "pcm_s16le", SampleRate = 8_000 });
        using var frame = new Frame();
        using var packet = new Packet();
        frame.AllocateAudio(160, 8_000, 1, encoder.SampleFormat);
        var times = new List<long>();
        foreach (var pts in new long[] { 0, 160, 80_000, 80_160 })
        {
            frame.Pts = pts;
            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
            Assert.Equal(ReceiveResult.Received, encoder.Receive(packet));
            times.Add(packet.Pts);
        }

        Assert.Equal([0, 160, 80_000, 80_160], times);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
        }

        Assert.Equal(SendResult.Full, encoder.Send(frame));
    }

    [Fact]
    public void Samples_of_another_kind_are_refused_with_a_sentence()
    {
        using var encoder = AudioEncoder.Open(new AudioEncoderOptions { Encoder = "aac", SampleRate = 48_000 });
        using var frame = new Frame();
        frame.AllocateAudio(100, 44_100, 2, SampleFormat.S16);
        var error = Assert.Throws<ArgumentException>(() => encoder.Send(frame));
        Assert.StartsWith("aac takes FltP samples, 1 channels at 48000 Hz, not S16, 2 at 44100 Hz.", error.Message, StringComparison.Ordinal);
        Assert.Throws<LibAvException>(() => AudioEncoder.Open(new AudioEncoderOptions { Encoder = "libx264" }));
        Assert.Throws<LibAvException>(() => AudioEncoder.Open(new AudioEncoderOptions { Encoder = "libopus", SampleRate = 44_100 }));
        using var picture = new Frame();
        picture.AllocateVideo(16, 16, PixelFormat.Gray8);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Samples(0).Length);
        using var resampler = new Resampler(SampleFormat.S16, 48_000, 1, Rational.Milliseconds);
        Assert.Throws<ArgumentException>(() => resampler.Convert(picture, frame));
        Assert.False(resampler.Drain(frame));
    }

    private static void Transcode(Demuxer source, AudioEncoder encoder, Muxer muxer)
    {
        using var decoder = AudioDecoder.Open(source.Audio!);
        using var resampler = new Resampler(encoder.SampleFormat, encoder.SampleRate, encoder.Channels, source.Audio!.TimeBase);
        using var packet = new Packet();
        using var frame = new Frame();
        using var resampled = new Frame();
        while (source.Read(packet) == ReadResult.Packet)
        {
            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                if (resampler.Convert(frame, resampled))
                {
                    Assert.Equal(SendResult.Accepted, encoder.Send(resampled));
                    Write();
                }
            }
        }

        if (resampler.Drain(resampled))
        {
            Assert.Equal(SendResult.Accepted, encoder.Send(resampled));
        }

        encoder.SendEnd();
        Write();

        void Write()
        {
            while (encoder.Receive(packet) == ReceiveResult.Received)
            {
                packet.StreamIndex = 0;
                Assert.Equal(WriteResult.Written, muxer.Write(packet));
            }
        }
    }

    private static (int Samples, int Crossings) Listen(Demuxer demuxer)
    {
        using var decoder = AudioDecoder.Open(demuxer.Audio!);
        using var resampler = new Resampler(SampleFormat.S16, demuxer.Audio!.Parameters.SampleRate, 1, demuxer.Audio.TimeBase);
        using var packet = new Packet();
        using var frame = new Frame();
        using var mono = new Frame();
        var heard = new List<short>();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            while (decoder.Receive(frame) == ReceiveResult.Received)
            {
                if (resampler.Convert(frame, mono))
                {
                    heard.AddRange(MemoryMarshal.Cast<byte, short>(mono.Samples(0)));
                }
            }
        }

        // Around zero lies a band that does not count: a codec's silence is noise.
        var (crossings, side) = (0, 0);
        foreach (var sample in heard.Where(sample => Math.Abs((int)sample) > 200))
        {
            crossings += side != 0 && Math.Sign(sample) != side ? 1 : 0;
            side = Math.Sign(sample);
        }

        return (heard.Count, crossings);
    }
}
