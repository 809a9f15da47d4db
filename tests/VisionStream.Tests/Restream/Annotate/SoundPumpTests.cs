using Microsoft.Extensions.Logging.Abstractions;
using VisionStream.Restream.Annotate;
using VisionStream.Restream.Targets;

namespace VisionStream.Tests.Restream.Annotate;

public sealed class SoundPumpTests : IDisposable
{
    private const double FlashAt = 1.0;

    private readonly GreySource _source = new();
    private readonly List<string> _files = [];

    [Theory]
    [InlineData(AudioMode.Copy, ".mkv", "aac")]
    [InlineData(AudioMode.Copy, ".flv", "aac")]
    [InlineData(AudioMode.Opus, ".mkv", "opus")]
    [InlineData(AudioMode.Aac, ".ts", "aac")]
    public async Task Sound_goes_along_in_step_with_the_picture(AudioMode mode, string extension, string codec)
    {
        var (file, status) = await PublishAsync(mode, extension, firstPts: 5);
        var sound = BurstOfSound.Read(file);
        Assert.Equal(codec, sound.Codec);
        Assert.InRange(status.SoundPackets, 80, 120);
        Assert.All(sound.Times.Zip(sound.Times.Skip(1)), t => Assert.True(t.Second > t.First));
        var flash = RecordedPicture.ReadAll(file).First(p => p.MeanLuma() > 180).PtsMs / 1000;
        Assert.NotNull(sound.LoudAt);
        Assert.True(Math.Abs(sound.LoudAt.Value - flash) <= 0.040, $"The flash is at {flash:F3} s, the tone at {sound.LoudAt:F3} s.");
    }

    [Fact]
    public async Task Sound_that_the_target_does_not_take_is_left_out_and_the_picture_goes_on()
    {
        _source.AnnounceSound("opus", 48_000, 2, []);
        var file = NewFile(".flv");
        await using (var annotated = Start(AudioMode.Copy, file))
        {
            _source.Stream.Audio.Write(new byte[] { 1, 2, 3 }, 0, 20_000);
            _source.Publish(0);
            await UntilAsync(() => annotated.Status.Sent == 1);
            Assert.Equal(0, annotated.Status.SoundPackets);
        }

        Assert.Single(RecordedPicture.ReadAll(file));
    }

    [Fact]
    public async Task Sound_that_cannot_be_decoded_costs_the_sound_and_not_the_picture()
    {
        _source.AnnounceSound("aac", 48_000, 1, [0x11, 0x88]);
        var file = NewFile(".mkv");
        await using (var annotated = Start(AudioMode.Opus, file))
        {
            for (var i = 0; i < 10; i++)
            {
                _source.Stream.Audio.Write(new byte[] { 0xFF, 0xAA, (byte)i, 0x55 }, i * 20_000, 20_000);
                _source.Publish(i * 40);
                await UntilAsync(() => annotated.Status.Sent == i + 1);
            }
        }

        Assert.Equal(10, RecordedPicture.ReadAll(file).Count);
    }

    [Fact]
    public async Task Sound_from_before_the_clock_went_back_does_not_hold_up_what_comes_after()
    {
        var (packets, codecData) = BurstOfSound.Make(1, 0.5);
        _source.AnnounceSound("aac", BurstOfSound.SampleRate, 1, codecData);
        await using var annotated = Start(AudioMode.Copy, NewFile(".mkv"));
        _source.Publish(100_000);
        await UntilAsync(() => annotated.Status.Sent == 1);
        _source.Publish(0);
        await UntilAsync(() => annotated.Status.Sent == 2);

        _source.Stream.Audio.Write(packets[0].Data, 100_040_000, 21_333);
        for (var i = 1; i <= 10; i++)
        {
            _source.Stream.Audio.Write(packets[i].Data, i * 40_000, 21_333);
            _source.Publish(i * 40);
            await UntilAsync(() => annotated.Status.Sent == i + 2);
        }

        await UntilAsync(() => annotated.Status.SoundPackets == 10);
    }

    public void Dispose()
    {
        _source.Dispose();
        _files.ForEach(File.Delete);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task<(string File, RestreamStatus Status)> PublishAsync(AudioMode mode, string extension, double firstPts)
    {
        var (packets, codecData) = BurstOfSound.Make(2.0, FlashAt);
        _source.AnnounceSound("aac", BurstOfSound.SampleRate, 1, codecData);
        var file = NewFile(extension);
        await using var annotated = Start(mode, file);

        // The first picture opens the target; sound from before that is not sent.
        _source.Publish(firstPts * 1000);
        await UntilAsync(() => annotated.Status.Sent == 1);
        var next = 0;
        for (var i = 1; i < 50; i++)
        {
            for (; next < packets.Count && packets[next].Seconds <= i * 0.04; next++)
            {
                _source.Stream.Audio.Write(packets[next].Data, (long)((firstPts + packets[next].Seconds) * 1e6), 21_333);
            }

            _source.Publish((firstPts * 1000) + (i * 40), luma: i * 0.04 >= FlashAt ? (byte)220 : (byte)110);
            await UntilAsync(() => annotated.Status.Sent == i + 1);
        }

        await annotated.DisposeAsync();
        return (file, annotated.Status);
    }

    private string NewFile(string extension)
    {
        _files.Add(Path.Combine(Path.GetTempPath(), $"sound-{Guid.NewGuid():N}{extension}"));
        return _files[^1];
    }

    private AnnotatedStream Start(AudioMode mode, string file) => AnnotatedStream.Start(
        _source.Stream,
        _source.Feed,
        new AnnotationOptions { Target = TargetUrl.Parse(file), Audio = mode, SignalTimeout = TimeSpan.FromSeconds(60) },
        NullLogger.Instance);
}
