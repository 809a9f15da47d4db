using System.Numerics;
using System.Runtime.InteropServices;
using VisionStream.Detector.Labels;

namespace VisionStream.Detector.Heads;

/// <summary>
/// [1,4+nc,N]: each candidate is a column. Columns are taken in tiles that stay in the first-level cache, and each row is run over
/// whole: the best score of every column so far and its class, a vector at a time.
/// </summary>
internal sealed class V8Head(int rows, int columns) : DetectionHead(HeadLayout.V8, rows, columns)
{
    /// <summary>2 KB of scores and 2 KB of classes beside 2 KB of the row.</summary>
    private const int Tile = 512;

    /// <inheritdoc/>
    public override int? Classes => Rows - 4;

    /// <inheritdoc/>
    public override int Capacity => Columns;

    /// <inheritdoc/>
    public override void Scan(ReadOnlySpan<float> output, float confidence, ClassFilter? filter, CandidateBuffer found)
    {
        Span<float> best = stackalloc float[Tile];
        Span<int> bestClass = stackalloc int[Tile];
        for (var start = 0; start < Columns; start += Tile)
        {
            var width = Math.Min(Tile, Columns - start);
            var scores = best[..width];
            var classes = bestClass[..width];
            if (filter is not null && !AnyAbove(output, start, width, filter, confidence))
            {
                continue;
            }

            scores.Fill(confidence);
            classes.Fill(-1);
            for (var row = 0; row < Rows - 4; row++)
            {
                TakeBetter(Row(output, row + 4, start, width), row, scores, classes);
            }

            for (var i = 0; i < width; i++)
            {
                var skip = classes[i..].IndexOfAnyExcept(-1);
                if (skip < 0)
                {
                    break;
                }

                i += skip;
                if (filter is null || filter.Wants(classes[i]))
                {
                    var column = start + i;
                    found.AddCentred(
                        output[column],
                        output[Columns + column],
                        output[(2 * Columns) + column],
                        output[(3 * Columns) + column],
                        scores[i],
                        classes[i],
                        column);
                }
            }
        }
    }

    // A wanted class can only be the best one where it is above the threshold itself, so most tiles need the wanted rows alone.
    private bool AnyAbove(ReadOnlySpan<float> output, int start, int width, ClassFilter filter, float confidence)
    {
        for (var i = 0; i < filter.Ids.Count; i++)
        {
            if (AnyGreater(Row(output, filter.Ids[i] + 4, start, width), confidence))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> output, int row, int start, int width) =>
        output.Slice((row * Columns) + start, width);

    private static bool AnyGreater(ReadOnlySpan<float> row, float threshold)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var limit = new Vector<float>(threshold);
        foreach (var v in vectors)
        {
            if (Vector.GreaterThanAny(v, limit))
            {
                return true;
            }
        }

        foreach (var value in row[(vectors.Length * Vector<float>.Count)..])
        {
            if (value > threshold)
            {
                return true;
            }
        }

        return false;
    }

    private static void TakeBetter(ReadOnlySpan<float> row, int classId, Span<float> best, Span<int> bestClass)
    {
        var values = MemoryMarshal.Cast<float, Vector<float>>(row);
        var scores = MemoryMarshal.Cast<float, Vector<float>>(best)[..values.Length];
        var classes = MemoryMarshal.Cast<int, Vector<int>>(bestClass)[..values.Length];
        var thisClass = new Vector<int>(classId);
        for (var i = 0; i < values.Length; i++)
        {
            var better = Vector.GreaterThan(values[i], scores[i]);
            scores[i] = Vector.ConditionalSelect(better, values[i], scores[i]);
            classes[i] = Vector.ConditionalSelect(better, thisClass, classes[i]);
        }

        for (var i = values.Length * Vector<float>.Count; i < row.Length; i++)
        {
            if (row[i] > best[i])
            {
                (best[i], bestClass[i]) = (row[i], classId);
            }
        }
    }
}
