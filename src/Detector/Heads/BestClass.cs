using System.Numerics;
using System.Runtime.InteropServices;

namespace VisionStream.Detector.Heads;

/// <summary>The largest of a candidate's class probabilities that lie side by side.</summary>
internal static class BestClass
{
    /// <summary>The index of the largest value, the first one of equals; -1 when all are NaN.</summary>
    public static int Of(ReadOnlySpan<float> probabilities, out float best)
    {
        best = float.NegativeInfinity;
        var rest = probabilities;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(probabilities);
        if (vectors.Length > 0)
        {
            var most = new Vector<float>(float.NegativeInfinity);
            foreach (var v in vectors)
            {
                most = Vector.ConditionalSelect(Vector.GreaterThan(v, most), v, most);
            }

            for (var i = 0; i < Vector<float>.Count; i++)
            {
                best = most[i] > best ? most[i] : best;
            }

            rest = probabilities[(vectors.Length * Vector<float>.Count)..];
        }

        foreach (var value in rest)
        {
            best = value > best ? value : best;
        }

        return probabilities.IndexOf(best);
    }
}
