using FsCheck;
using FsCheck.Fluent;
using VisionStream.Broadcaster.FanOut;

namespace VisionStream.Tests.Broadcaster.FanOut;

public sealed class DroppingQueueTests
{
    private sealed record Item(int Number, bool IsDroppable);

    [Fact]
    public void It_does_what_a_plain_list_would_do() =>
        // true: enqueue a droppable item, false: one that is not, null: take one out.
        Prop.ForAll<int, bool?[]>((size, steps) =>
        {
            var capacity = 1 + (Math.Abs(size % 8));
            var queue = new DroppingQueue<Item>(capacity, i => i.IsDroppable);
            var model = new List<Item>();
            var number = 0;
            foreach (var step in steps)
            {
                if (step is { } isDroppable)
                {
                    var item = new Item(number++, isDroppable);
                    var expected = model.Count < capacity ? null : model.Find(i => i.IsDroppable) ?? model[0];
                    if (expected is not null)
                    {
                        model.Remove(expected);
                    }

                    model.Add(item);
                    Assert.Same(expected, queue.Enqueue(item));
                }
                else
                {
                    Assert.Equal(model.Count > 0, queue.TryDequeue(out var taken));
                    Assert.Same(model.FirstOrDefault(), taken);
                    model.Remove(taken!);
                }

                Assert.Equal(model.Count, queue.Count);
                Assert.InRange(queue.Count, 0, capacity);
            }

            while (queue.TryDequeue(out var rest))
            {
                Assert.Same(model[0], rest);
                model.RemoveAt(0);
            }

            Assert.Empty(model);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(100));

    [Fact]
    public void All_that_goes_in_comes_out_once_or_is_dropped_once_and_the_rest_keeps_its_order() =>
        Prop.ForAll<int, bool[]>((size, kinds) =>
        {
            var queue = new DroppingQueue<Item>(1 + Math.Abs(size % 5), i => i.IsDroppable);
            var dropped = new List<Item>();
            var items = kinds.Select((k, i) => new Item(i, k)).ToList();
            foreach (var item in items)
            {
                if (queue.Enqueue(item) is { } gone)
                {
                    dropped.Add(gone);
                }
            }

            var kept = new List<Item>();
            while (queue.TryDequeue(out var item))
            {
                kept.Add(item);
            }

            Assert.Equal(items.Except(dropped), kept);
            Assert.Equal(items.Count, kept.Count + dropped.Count);
        }).Check(Config.QuickThrowOnFailure);
}
