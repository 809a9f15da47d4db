using System.Text.Json;
using VisionStream.Host.Bench;

namespace VisionStream.Tests.Host.Bench;

public sealed class RestreamReportTests
{
    private static readonly RestreamReport Report = new(
        [Sample(300, 3300, [10, 30]), Sample(300, 3000, [20, 40, 50]), Sample(150, 1800, [])],
        [Sample(300, 3000, []), Sample(150, 1500, []), Sample(300, 3000, [])],
        "0.10 0.20 0.30");

    [Fact]
    public void Each_round_has_a_ratio_of_processor_time_a_frame()
    {
        Assert.Equal([1.0, 1.1, 1.2], Report.Ratios, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Contains("1.10 (1.00 to 1.20)", Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Delays_of_all_rounds_are_ranked_together_and_told_in_frames_of_the_source()
    {
        // 750 frames in 30 s.
        Assert.Equal(25, Report.FramesPerSecond, 1e-9);
        Assert.Equal(30, Report.AddedMs(0.5), 1e-9);
        Assert.Equal(50, Report.AddedMs(0.99), 1e-9);
        Assert.Equal(1.25, Report.AddedFrames(0.99), 1e-9);
        Assert.Equal(31, Report.WholeMs(0.5), 1e-9);
    }

    [Fact]
    public void A_sample_survives_the_way_between_the_processes()
    {
        var sample = Sample(300, 3300.25, [10.5, 30]);
        var read = JsonSerializer.Deserialize<RestreamSample>(JsonSerializer.Serialize(sample))!;
        Assert.Equal((sample.Frames, sample.Skipped, sample.Seconds, sample.CpuMs), (read.Frames, read.Skipped, read.Seconds, read.CpuMs));
        Assert.Equal(sample.SinceDecodedMs, read.SinceDecodedMs);
        Assert.Equal(sample.SinceArrivedMs, read.SinceArrivedMs);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(0.21, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.99, 5)]
    [InlineData(1.0, 5)]
    public void A_percentile_is_the_least_value_that_its_share_does_not_exceed(double share, double expected) =>
        Assert.Equal(expected, Percentile.Of([1, 2, 3, 4, 5], share));

    [Fact]
    public void Of_nothing_there_is_no_percentile() => Assert.Equal(double.NaN, Percentile.Of([], 0.5));

    [Theory]
    [InlineData("frame=123", 123L)]
    [InlineData("frame=  77", 77L)]
    [InlineData("frame=", null)]
    [InlineData("fps=30.0", null)]
    [InlineData("out_time=00:00:01", null)]
    public void The_progress_of_ffmpeg_tells_its_frames(string line, long? frames) => Assert.Equal(frames, FfmpegRestream.FramesOf(line));

    private static RestreamSample Sample(long frames, double cpuMs, double[] delays) =>
        new(frames, 0, 10, cpuMs, delays, [.. delays.Select(d => d + 1)]);
}
