using System.Runtime.InteropServices;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Restream;

/// <summary>The sound of a file as samples on the file's own time line, and how far two of them are apart.</summary>
internal sealed class Waveform
{
    // Enough to place speech and traffic to a quarter of a millisecond, and few enough to compare thousands of shifts.
    private const int Rate = 4000;

    private const double LongestWindow = 2;

    private readonly float[] _samples;

    private Waveform(float[] samples) => _samples = samples;

    /// <summary>Whether there is nothing to compare: several clips have a track of silence.</summary>
    public bool IsSilent => _samples.All(s => Math.Abs(s) < 10);

    /// <summary>Decodes the sound of a file by ffmpeg; where there is none yet, or a hole, is silence.</summary>
    public static async Task<Waveform> OfAsync(string file)
    {
        var program = Peer.RequireProgram("ffmpeg", "ffmpeg");
        var raw = Path.GetTempFileName();
        await using var ffmpeg = PeerProcess.Start(
            "waveform",
            program,
            ["-nostdin", "-v", "error", "-copyts", "-i", file, "-vn", "-af", $"aresample={Rate}:async=1:first_pts=0", "-ac", "1", "-f", "s16le", "-y", raw]);
        Assert.Equal(0, await ffmpeg.WaitForExitAsync());
        var bytes = await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken);
        File.Delete(raw);
        return new Waveform([.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(s => (float)s)]);
    }

    /// <summary>When it becomes loud after a time of silence, in seconds.</summary>
    /// <param name="silence">The least time of silence before, in seconds.</param>
    public IReadOnlyList<double> Onsets(double silence)
    {
        // A tone at half of full scale; its first quarter wave is over within a millisecond.
        const float loud = 5000;
        var onsets = new List<double>();
        var lastLoud = int.MinValue / 2;
        for (var i = 0; i < _samples.Length; i++)
        {
            if (Math.Abs(_samples[i]) > loud)
            {
                if (i - lastLoud > silence * Rate)
                {
                    onsets.Add(i / (double)Rate);
                }

                lastLoud = i;
            }
        }

        return onsets;
    }

    /// <summary>By how many seconds another recording of the same sound is later, and how alike they are there (1 for the same).</summary>
    /// <param name="other">The other recording.</param>
    /// <param name="most">The greatest shift looked for, either way.</param>
    public (double Seconds, double Likeness) LagOf(Waveform other, double most)
    {
        var margin = (int)(most * Rate);
        var length = Math.Min((int)(LongestWindow * Rate), _samples.Length - (2 * margin));
        Assert.True(length > Rate / 4, $"The sound is too short to compare: {_samples.Length / (double)Rate:0.00} s.");
        var window = _samples.AsSpan(margin, length);
        var best = (Seconds: 0.0, Likeness: -1.0);
        for (var lag = -margin; lag <= margin && margin + lag + length <= other._samples.Length; lag++)
        {
            var likeness = Likeness(window, other._samples.AsSpan(margin + lag, length));
            best = likeness > best.Likeness ? (lag / (double)Rate, likeness) : best;
        }

        return best;
    }

    private static double Likeness(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, squaresOfA = 1e-9, squaresOfB = 1e-9;
        for (var i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            squaresOfA += a[i] * a[i];
            squaresOfB += b[i] * b[i];
        }

        return product / Math.Sqrt(squaresOfA * squaresOfB);
    }
}
