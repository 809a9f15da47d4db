using FsCheck;
using FsCheck.Fluent;
using VisionStream.Core.Detections;
using VisionStream.Detector.Heads;

namespace VisionStream.Tests.Detector.Heads;

public sealed class NonMaximumSuppressionTests
{
    [Fact]
    public void Of_overlapping_boxes_of_a_class_the_best_stays()
    {
        Candidate[] boxes =
        [
            new(0, 0, 10, 10, 0.9f, 1, 0),
            new(0, 0, 10, 9, 0.8f, 1, 1), // IoU 0.9 with the first
            new(0, 0, 10, 9, 0.7f, 2, 2), // another class
            new(0, 0, 10, 7, 0.6f, 1, 3), // exactly 0.7: not above
        ];
        var kept = NonMaximumSuppression.Run(boxes, 0.7f, 300);
        Assert.Equal([0, 2, 3], boxes[..kept].Select(b => b.Index));
    }

    [Fact]
    public void It_stops_at_the_most()
    {
        var boxes = Enumerable.Range(0, 10).Select(i => new Candidate(i * 10, 0, (i * 10) + 5, 5, 1 - (i / 20f), 0, i)).ToArray();
        Assert.Equal(3, NonMaximumSuppression.Run(boxes, 0.7f, 3));
        Assert.Equal([0, 1, 2], boxes[..3].Select(b => b.Index));
    }

    [Fact]
    public void Boxes_without_area_are_left_alone()
    {
        Candidate[] boxes = [new(1, 1, 1, 1, 0.9f, 0, 0), new(1, 1, 1, 1, 0.8f, 0, 1), new(5, 5, 2, 2, 0.7f, 0, 2), new(5, 5, 2, 2, 0.6f, 0, 3)];
        Assert.Equal(4, NonMaximumSuppression.Run(boxes, 0.7f, 300));
    }

    [Fact]
    public void It_keeps_what_the_definition_keeps() => Prop.ForAll(
        Gen.Choose(0, 1 << 20).ToArbitrary(),
        Gen.Choose(0, 200).ToArbitrary(),
        Gen.Choose(1, 10).ToArbitrary(),
        (seed, count, tenths) =>
        {
            var random = new Random(seed);
            var buffer = new CandidateBuffer(count);
            for (var i = 0; i < count; i++)
            {
                // Few places and few scores, so that boxes meet and scores tie.
                var (x, y) = (random.Next(30), random.Next(30));
                buffer.Add(x, y, x + random.Next(1, 20), y + random.Next(1, 20), random.Next(1, 10) / 10f, random.Next(3), i);
            }

            buffer.Sort();

            // A threshold that no IoU of boxes with whole corners can equal.
            var iou = (tenths / 10f) - 0.0123457f;
            var expected = new List<Candidate>();
            foreach (var c in buffer.Items.ToArray().OrderByDescending(c => c.Score).ThenBy(c => c.Index))
            {
                if (!expected.Any(k => k.ClassId == c.ClassId && Box(k).Iou(Box(c)) > iou))
                {
                    expected.Add(c);
                }
            }

            var kept = NonMaximumSuppression.Run(buffer.Items, iou, 300);
            return expected.SequenceEqual(buffer.Items[..kept].ToArray());
        }).QuickCheckThrowOnFailure();

    private static BoundingBox Box(Candidate c) => new(c.Left, c.Top, c.Right - c.Left, c.Bottom - c.Top);
}
