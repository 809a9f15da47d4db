using System.Collections;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>An array that disposes its items, last first, when it is disposed; it is empty afterwards.</summary>
internal sealed class DisposableArray<T>(T[] items) : IDisposableReadOnlyCollection<T>
    where T : IDisposable
{
    private T[] _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        var items = Interlocked.Exchange(ref _items, []);
        for (var i = items.Length - 1; i >= 0; i--)
        {
            items[i].Dispose();
        }
    }
}
