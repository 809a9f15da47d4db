using System.Diagnostics.CodeAnalysis;

namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// Not safe for several threads. A queue of fixed length that makes room by dropping its oldest droppable item, or its oldest item
/// when none is droppable. It takes no memory until something has to wait, which for most subscribers is never.
/// </summary>
/// <param name="capacity">Items that may wait; at least 1.</param>
/// <param name="isDroppable">Which items go first.</param>
internal sealed class DroppingQueue<T>(int capacity, Func<T, bool> isDroppable)
    where T : class
{
    private T?[] _items = [];
    private int _head;

    /// <summary>Items waiting.</summary>
    public int Count { get; private set; }

    /// <summary>Appends an item; the result is the one that had to go, which the caller now owns, or <see langword="null"/>.</summary>
    public T? Enqueue(T item)
    {
        if (_items.Length == 0)
        {
            _items = new T?[capacity];
        }

        var dropped = Count == capacity ? RemoveAt(OldestDroppable()) : null;
        _items[Slot(Count)] = item;
        Count++;
        return dropped;
    }

    /// <summary>Takes the oldest item out.</summary>
    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        item = Count == 0 ? null : RemoveAt(0);
        return item is not null;
    }

    private int OldestDroppable()
    {
        for (var i = 0; i < Count; i++)
        {
            if (isDroppable(_items[Slot(i)]!))
            {
                return i;
            }
        }

        return 0;
    }

    private T RemoveAt(int index)
    {
        var item = _items[Slot(index)]!;
        // The older ones move up by one, so that taking out the oldest, the usual case, moves nothing.
        for (var i = index; i > 0; i--)
        {
            _items[Slot(i)] = _items[Slot(i - 1)];
        }

        _items[_head] = null;
        _head = Slot(1);
        Count--;
        return item;
    }

    private int Slot(int index)
    {
        var slot = _head + index;
        return slot < _items.Length ? slot : slot - _items.Length;
    }
}
