using FsCheck;
using FsCheck.Fluent;
using VisionStream.Detector.Heads;

namespace VisionStream.Tests.Detector.Heads;

[Trait("code", "vectors")]
public sealed class DetectionHeadTests
{
    private const float Confidence = 0.25f;

    // Sides of 32 to 320 give 21 to 2100 columns: below, at and above a tile, never a whole number of vectors.
    private static readonly Arbitrary<(int Side, int Classes, int Seed)> Cases = (
        from side in Gen.Elements(32, 64, 160, 320)
        from classes in Gen.Choose(1, 90)
        from seed in Gen.Choose(0, 1 << 20)
        select (side, classes, seed)).ToArbitrary();

    [Fact]
    public void V8_finds_what_a_plain_loop_over_its_columns_finds() => Prop.ForAll(Cases, c =>
    {
        var cells = Cells(c.Side);
        var output = CandidateSets.Output((4 + c.Classes) * cells, c.Seed);
        var filter = CandidateSets.Filter(c.Classes, c.Seed);
        Same(
            CandidateSets.Naive(cells, c.Classes, i => [.. Column(0, 4, i), 1, .. Column(4, c.Classes, i)], Confidence, filter),
            CandidateSets.Scan(new V8Head(4 + c.Classes, cells), output, Confidence, filter));

        IEnumerable<float> Column(int row, int rows, int column) => Enumerable.Range(row, rows).Select(r => output[(r * cells) + column]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void V5_finds_what_a_plain_loop_over_its_rows_finds() => Prop.ForAll(Cases, c =>
    {
        var (rows, length) = (3 * Cells(c.Side), 5 + c.Classes);
        var output = CandidateSets.Output(rows * length, c.Seed);
        var filter = CandidateSets.Filter(c.Classes, c.Seed);
        Same(
            CandidateSets.Naive(rows, c.Classes, i => output[(i * length)..((i + 1) * length)], Confidence, filter),
            CandidateSets.Scan(new V5Head(rows, length), output, Confidence, filter));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void YOLOX_decodes_its_grid_as_a_plain_loop_does() => Prop.ForAll(Cases, c =>
    {
        var (rows, length) = (Cells(c.Side), 5 + c.Classes);
        var output = CandidateSets.Output(rows * length, c.Seed);
        var filter = CandidateSets.Filter(c.Classes, c.Seed);
        var grid = new[] { 8, 16, 32 }.SelectMany(s =>
            from y in Enumerable.Range(0, c.Side / s) from x in Enumerable.Range(0, c.Side / s) select (X: x, Y: y, Stride: s)).ToArray();
        Same(
            CandidateSets.Naive(rows, c.Classes, Decoded, Confidence, filter),
            CandidateSets.Scan(new YoloxHead(rows, length, c.Side, c.Side), output, Confidence, filter));

        float[] Decoded(int i)
        {
            var v = output[(i * length)..((i + 1) * length)];
            var (x, y, stride) = grid[i];
            (v[0], v[1]) = ((v[0] + x) * stride, (v[1] + y) * stride);
            (v[2], v[3]) = (MathF.Exp(v[2]) * stride, MathF.Exp(v[3]) * stride);
            return v;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void End_to_end_takes_rows_above_the_threshold_as_they_are()
    {
        float[] output =
        [
            10, 20, 30, 40, 0.9f, 16,
            1, 2, 3, 4, 0.25f, 0, // not above
            5, 6, 7, 8, 0.3f, 2,
            5, 6, 7, 8, float.NaN, 2,
            5, 6, 7, 8, 0.8f, -1,
            5, float.PositiveInfinity, 7, 8, 0.8f, 1,
        ];
        var found = CandidateSets.Scan(new EndToEndHead(6), output, Confidence, null);
        Assert.Equal([new Candidate(10, 20, 30, 40, 0.9f, 16, 0), new Candidate(5, 6, 7, 8, 0.3f, 2, 2)], found);
    }

    [Fact]
    public void A_filter_drops_candidates_whose_best_class_is_another_one()
    {
        // Column 3: class 1 is best, class 0 is above the threshold too.
        var head = new V8Head(6, 21);
        var output = new float[6 * 21];
        (output[(4 * 21) + 3], output[(5 * 21) + 3]) = (0.5f, 0.6f);
        Assert.Equal(1, Assert.Single(CandidateSets.Scan(head, output, Confidence, null)).ClassId);
        Assert.Empty(CandidateSets.Scan(head, output, Confidence, Only(0)));
        Assert.Single(CandidateSets.Scan(head, output, Confidence, Only(1)));

        static VisionStream.Detector.Labels.ClassFilter? Only(int id)
        {
            Assert.True(VisionStream.Detector.Labels.ClassFilter.TryCreate([$"n{id}"], ["n0", "n1"], out var filter, out _));
            return filter;
        }
    }

    [Fact]
    public void A_full_buffer_takes_no_more()
    {
        var buffer = new CandidateBuffer(2);
        for (var i = 0; i < 3; i++)
        {
            buffer.Add(0, 0, 1, 1, 0.5f, 0, i);
        }

        Assert.Equal(2, buffer.Count);
    }

    private static int Cells(int side) => (int)GridCells.Count(GridCells.Strides, side, side);

    private static void Same(Candidate[] expected, Candidate[] found)
    {
        // Boxes that are not finite are left out by the buffer.
        var finite = expected.Where(c => float.IsFinite(c.Left) && float.IsFinite(c.Top) && float.IsFinite(c.Right) && float.IsFinite(c.Bottom));
        Assert.Equal(finite, found);
    }
}
