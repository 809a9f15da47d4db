namespace VisionStream.EndToEnd.Restream;

/// <summary>The times of a stream's pictures. A machine that is busy with other things may skip frames, and then says how many.</summary>
internal static class FrameTimes
{
    /// <summary>Asserts that each picture comes whole frames after the one before, and that no more are missing than were skipped.</summary>
    public static void AssertComplete(IReadOnlyList<double> timesMs, double frameMs, double toleranceMs, long skipped)
    {
        var missing = 0L;
        Assert.All(timesMs.Zip(timesMs.Skip(1)), t =>
        {
            var frames = Math.Round((t.Second - t.First) / frameMs);
            Assert.Equal(frames * frameMs, t.Second - t.First, toleranceMs);
            Assert.True(frames >= 1, $"The pictures at {t.First} and {t.Second} ms are less than a frame apart.");
            missing += (long)frames - 1;
        });
        Assert.True(missing <= skipped, $"{missing} pictures are missing and {skipped} were skipped.");
    }
}
