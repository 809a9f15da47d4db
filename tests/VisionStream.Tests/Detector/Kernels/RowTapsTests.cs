using VisionStream.Detector.Kernels;

namespace VisionStream.Tests.Detector.Kernels;

public sealed class RowTapsTests
{
    private const int Window = 16;

    /// <summary>Samples of luma in a row, wanted samples, bytes from one sample to the next, and whether they are chroma.</summary>
    public static TheoryData<int, int, int, bool> Rows()
    {
        var data = new TheoryData<int, int, int, bool>();
        int[] awkward = [1, 2, 3, 7, 8, 9, 31, 32, 33, 72, 180, 640];
        int[] sources = [1, 2, 3, 15, 16, 17, 33, 63, 64, 65, 128, 129, 854, 1280, 2160, 3840, 8191, 8192];
        foreach (var (source, target) in sources.SelectMany(s => awkward.Select(t => (s, t))))
        {
            data.Add(source, target, 1, false);
            data.Add(source, target, 1, true);
            data.Add(source, target, 2, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void No_window_reaches_further_behind_the_row_than_is_readable_and_every_tap_is_in_one(int source, int target, int step, bool chroma)
    {
        var axis = AxisTaps.Create(source, target, chroma ? 2 : 1);
        var rowBytes = (chroma ? (source + 1) / 2 : source) * step;
        for (var offset = 0; offset < step; offset++)
        {
            var taps = RowTaps.Create(axis, step, offset);
            var read = taps.Windows * Window;
            Assert.All(taps.Bases, at => Assert.InRange(at, 0, rowBytes + 64 - read));
            for (var i = 0; i < target; i++)
            {
                var at = taps.Bases[i / RowTaps.Group];
                Assert.InRange((axis.First[i] * step) + offset, at, at + read - 1);
                Assert.InRange((axis.Second[i] * step) + offset, at, at + read - 1);
            }
        }
    }
}
