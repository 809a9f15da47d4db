using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;
using VisionStream.Restream.Publish;
using VisionStream.Restream.Sources;
using VisionStream.Restream.Targets;
using VisionStream.Restream.Timing;
using VisionStream.Tests.Restream.Annotate;
using VisionStream.Tests.Restream.Sources;

namespace VisionStream.Tests.Restream.Publish;

public sealed class PublisherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("publish-").FullName;

    [Fact]
    public async Task A_pattern_becomes_a_stream_of_the_preset_with_sound_beside_it()
    {
        var told = new ConcurrentQueue<PublishProgress>();
        var options = Options(TestPattern.Source(1.5)) with { Video = PublishOptions.Presets["320p"] };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options, told.Enqueue));

        using var demuxer = Demuxer.Open(options.Target.ToString(), null, TestContext.Current.CancellationToken);
        Assert.Equal(("h264", 568, 320), (demuxer.Video!.CodecName, demuxer.Video.Parameters.Width, demuxer.Video.Parameters.Height));
        Assert.Equal(("opus", 1), (demuxer.Audio!.CodecName, demuxer.Audio.Parameters.Channels));
        var pictures = RecordedPicture.ReadAll(options.Target.ToString());
        Assert.InRange(pictures.Count, 21, 24);
        var (_, times, _) = BurstOfSound.Read(options.Target.ToString());
        Assert.Equal(1.5, times[^1], 0.1);
        Assert.All(times.Zip(times.Skip(1)), t => Assert.Equal(0.02, t.Second - t.First, 0.002));
        Assert.InRange(told.Last().Elapsed.TotalSeconds, 1.3, 1.5);
        Assert.Equal(pictures.Count, told.Last().Frames);
    }

    [Fact]
    public async Task A_looped_file_goes_on_without_a_gap_until_the_duration_is_over()
    {
        var clip = Options(TestPattern.Source(0.5)) with { Target = TargetUrl.Parse(Path.Combine(_folder, "clip.mkv")) };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(clip));
        var looped = Options(new MediaSource(clip.Target.ToString()[5..])) with { Loop = true, Duration = TimeSpan.FromSeconds(1.4), Sound = null };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(looped));
        var pictures = RecordedPicture.ReadAll(looped.Target.ToString());
        Assert.True(pictures.Count is >= 32 and <= 36, string.Join(' ', pictures.Select(p => p.PtsMs)));
        Assert.All(pictures.Zip(pictures.Skip(1)), p => Assert.InRange(p.Second.PtsMs - p.First.PtsMs, 20, 70));
    }

    [Fact]
    public async Task Another_shape_is_fitted_on_black()
    {
        var options = Options(TestPattern.Source(0.2, size: "320x320")) with { Video = new VideoEncoding { Width = 640, Height = 360 }, Sound = null };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var picture = RecordedPicture.ReadAll(options.Target.ToString())[0];
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        Assert.InRange(picture.Planes[0][(180 * 640) + 60], 12, 20);
        Assert.NotInRange(picture.Planes[0].Skip((180 * 640) + 150).Take(300).Max(), 0, 60);
    }

    [Theory]
    [InlineData(40, true, 0.0, 0.03)]
    [InlineData(40, false, 0.06, 1.0)]
    [InlineData(1000, true, 0.06, 1.0)]
    public async Task The_voice_filter_takes_rumble_and_leaves_the_voice(int toneHz, bool filter, double least, double most)
    {
        var options = Options(TestPattern.Source(1, toneHz: toneHz)) with { Sound = new SoundEncoding { VoiceFilter = filter } };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        Assert.InRange(Loudness(options.Target.ToString()), least, most);
    }

    [Fact]
    public async Task Sound_may_come_from_a_source_of_its_own()
    {
        var options = Options(new MediaSource("testsrc2=size=320x240:rate=25:duration=1") { InputFormat = "lavfi" }) with
        {
            SoundSource = new MediaSource("sine=frequency=500:sample_rate=48000") { InputFormat = "lavfi" },
        };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var (codec, times, _) = BurstOfSound.Read(options.Target.ToString());
        Assert.Equal("opus", codec);
        Assert.True(times[^1] > 0.2);
    }

    [Fact]
    public async Task Pictures_that_begin_again_leave_the_sound_of_another_source_alone()
    {
        var clip = Options(TestPattern.Source(0.08, size: "64x64")) with { Sound = null, Target = TargetUrl.Parse(Path.Combine(_folder, "clip.mkv")) };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(clip));

        // Neither is paced, so that thousands of rewinds fall into the decoding of the sound.
        var options = Options(new MediaSource(clip.Target.ToString()[5..]) { Paced = false }) with
        {
            SoundSource = new MediaSource("sine=frequency=500:sample_rate=48000:samples_per_frame=480") { InputFormat = "lavfi", Paced = false },
            Loop = true,
            Duration = TimeSpan.FromMinutes(5),
        };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var (_, times, _) = BurstOfSound.Read(options.Target.ToString());
        Assert.NotEmpty(times);
        Assert.All(times.Zip(times.Skip(1)), t => Assert.Equal(0.02, t.Second - t.First, 0.002));
    }

    [Fact]
    public async Task Pictures_go_on_when_the_clock_of_the_source_goes_back()
    {
        var options = Options(new MediaSource(ClockThatGoesBack.Write(_folder)));
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var pictures = RecordedPicture.ReadAll(options.Target.ToString());

        // A few of the clip's have another order than their times here, and the one at the seam may be damaged.
        Assert.InRange(pictures.Count, 40, 2 * ClockThatGoesBack.Pictures);
        Assert.All(pictures.Zip(pictures.Skip(1)), p => Assert.True(p.Second.PtsMs > p.First.PtsMs));
    }

    [Fact]
    public async Task The_bit_rate_can_change_on_the_way()
    {
        var options = Options(TestPattern.Source(3)) with
        {
            Sound = null,
            Video = new VideoEncoding { BitRate = 2_000_000 },
            BitRateSteps = [new BitRateStep(TimeSpan.FromSeconds(1.5), 200_000)],
        };
        Assert.Equal(PublishResult.Completed, await TestPattern.PublishAsync(options));
        var bytes = new long[2];
        using var demuxer = Demuxer.Open(options.Target.ToString(), null, TestContext.Current.CancellationToken);
        using var packet = new Packet();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            bytes[packet.Pts * demuxer.Video!.TimeBase.Value < 1.5 ? 0 : 1] += packet.Size;
        }

        Assert.True(bytes[0] > 3 * bytes[1], $"{bytes[0]} bytes before the change and {bytes[1]} after it.");
        Assert.InRange(RecordedPicture.ReadAll(options.Target.ToString()).Count, 74, 76);
    }

    [Fact]
    public async Task The_simulated_glasses_send_what_glasses_send()
    {
        var target = TargetUrl.Parse(Path.Combine(_folder, "glasses.flv"));
        var options = new GlassesOptions { Target = target, Duration = TimeSpan.FromSeconds(4.5) };
        Assert.Empty(options.ToPublishOptions().Validate());
        var result = await new GlassesSimulator(NullLogger.Instance).RunAsync(options, null, TestContext.Current.CancellationToken);
        Assert.Equal(PublishResult.Completed, result);

        using var demuxer = Demuxer.Open(target.ToString(), null, TestContext.Current.CancellationToken);
        var (video, audio) = (demuxer.Video!.Parameters, demuxer.Audio!.Parameters);
        const int highProfile = 100;
        Assert.Equal(("h264", 854, 480, highProfile), (video.CodecName, video.Width, video.Height, video.Profile));
        Assert.Equal(("aac", 44_100, 1), (audio.CodecName, audio.SampleRate, audio.Channels));
        var pictures = RecordedPicture.ReadAll(target.ToString());
        Assert.InRange(pictures.Count, 66, 69);
        Assert.Equal([0, 30, 60], pictures.Select((p, i) => (p, i)).Where(x => x.p.IsKey).Select(x => x.i));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_once_and_not_tried_again()
    {
        var told = new ConcurrentQueue<PublishProgress>();
        Assert.Equal(PublishResult.SourceFailed, await TestPattern.PublishAsync(Options(new MediaSource("/none/such.mp4")), told.Enqueue));
        Assert.Contains("/none/such.mp4", Assert.Single(told).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_is_never_there_is_given_up_as_configured()
    {
        var told = new ConcurrentQueue<PublishProgress>();
        var options = Options(TestPattern.Source(60)) with
        {
            Target = TargetUrl.Parse("rtmp://127.0.0.1:1/live/a"),
            Sound = null,
            Reconnect = new ReconnectPattern { First = TimeSpan.FromMilliseconds(1), Longest = TimeSpan.FromMilliseconds(1), Attempts = 2 },
        };
        Assert.Equal(PublishResult.TargetFailed, await TestPattern.PublishAsync(options, told.Enqueue));
        Assert.Equal(2, told.Last().Reconnects);
        Assert.Contains("Given up after 2 attempts", told.Last().Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var result = await new Publisher(NullLogger.Instance).RunAsync(
            Options(TestPattern.Source(600)), new Told<PublishProgress>(p => { if (p.Frames > 3) { stop.Cancel(); } }), stop.Token);
        Assert.Equal(PublishResult.Cancelled, result);
    }

    [Fact]
    public async Task Everything_wrong_with_the_options_is_said_at_once()
    {
        var told = new ConcurrentQueue<PublishProgress>();
        var options = Options(TestPattern.Source(1)) with
        {
            Target = TargetUrl.Parse("rtmp://h/live/a"),
            Video = new VideoEncoding { FrameRate = 5, BitRate = 150_000 },
            Sound = new SoundEncoding { Codec = "opus", Channels = 6 },
            Duration = TimeSpan.Zero,
        };
        Assert.Equal(PublishResult.InvalidOptions, await TestPattern.PublishAsync(options, told.Enqueue));
        Assert.Equal(5, options.Validate().Count);
        Assert.All(options.Validate(), error => Assert.Contains(error, Assert.Single(told).Notice, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Loudness(string file)
    {
        using var demuxer = Demuxer.Open(file);
        using var decoder = AudioDecoder.Open(demuxer.Audio!);
        using var resampler = new Resampler(SampleFormat.Flt, 24_000, 1, demuxer.Audio!.TimeBase);
        using var packet = new Packet();
        using var decoded = new Frame();
        using var samples = new Frame();
        var values = new List<float>();
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex != demuxer.Audio.Index)
            {
                continue;
            }

            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            while (decoder.Receive(decoded) == ReceiveResult.Received)
            {
                if (resampler.Convert(decoded, samples))
                {
                    values.AddRange(MemoryMarshal.Cast<byte, float>(samples.Samples(0)));
                }
            }
        }

        // The filters need a moment to settle.
        return Math.Sqrt(values.Skip(values.Count / 2).Average(v => (double)v * v));
    }

    private PublishOptions Options(MediaSource source) =>
        new() { Source = source, Target = TargetUrl.Parse(Path.Combine(_folder, "out.mkv")) };
}
