using VisionStream.Detector.Heads;
using VisionStream.Detector.Labels;

namespace VisionStream.Tests.Detector.Heads;

/// <summary>What a head finds, and what one written without any cleverness finds.</summary>
internal static class CandidateSets
{
    public static Candidate[] Scan(DetectionHead head, float[] output, float confidence, ClassFilter? filter)
    {
        var buffer = new CandidateBuffer(head.Capacity);
        head.Scan(output, confidence, filter, buffer);
        return buffer.Items.ToArray();
    }

    /// <summary>One candidate after the other: <paramref name="at"/> gives its values as the v5 layout has them, decoded.</summary>
    public static Candidate[] Naive(int count, int classes, Func<int, float[]> at, float confidence, ClassFilter? filter)
    {
        var found = new List<Candidate>();
        for (var i = 0; i < count; i++)
        {
            var v = at(i);
            var best = -1;
            for (var c = 0; c < classes; c++)
            {
                if (v[5 + c] > (best < 0 ? float.NegativeInfinity : v[5 + best]))
                {
                    best = c;
                }
            }

            if (best >= 0 && v[4] * v[5 + best] > confidence && (filter is null || filter.Wants(best)))
            {
                found.Add(new Candidate(
                    v[0] - (v[2] / 2), v[1] - (v[3] / 2), v[0] + (v[2] / 2), v[1] + (v[3] / 2), v[4] * v[5 + best], best, i));
            }
        }

        return [.. found];
    }

    /// <summary>Mostly low numbers with some high ones, some ties and some NaN, as quantised and broken models give them.</summary>
    public static float[] Output(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
        {
            value = random.Next(20) switch
            {
                0 => random.Next(8) / 8f,
                1 => random.NextSingle(),
                2 when seed % 3 == 0 => float.NaN,
                _ => random.NextSingle() * 0.2f,
            };
        }

        return values;
    }

    public static ClassFilter? Filter(int classes, int seed)
    {
        var names = Enumerable.Range(0, classes).Select(i => $"n{i}").ToArray();
        var wanted = names.Where((_, i) => ((seed >> (i % 20)) & 1) == 1).ToArray();
        Assert.True(ClassFilter.TryCreate(seed % 2 == 0 ? [] : wanted, names, out var filter, out _));
        return filter;
    }
}
