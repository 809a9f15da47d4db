namespace VisionStream.Tests.House;

/// <summary>Finds the circles of a directed graph: its strongly connected components of two nodes or more.</summary>
internal sealed class Circles
{
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _edges;
    private readonly Dictionary<string, int> _order = [];
    private readonly Dictionary<string, int> _lowest = [];
    private readonly Stack<string> _open = new();
    private readonly HashSet<string> _isOpen = [];
    private readonly List<IReadOnlyList<string>> _found = [];

    private Circles(IReadOnlyDictionary<string, IReadOnlySet<string>> edges) => _edges = edges;

    /// <summary>Each circle as its nodes in order; empty when there is none. (Tarjan 1972.)</summary>
    public static IReadOnlyList<IReadOnlyList<string>> In(IReadOnlyDictionary<string, IReadOnlySet<string>> edges)
    {
        var search = new Circles(edges);
        foreach (var node in edges.Keys.Order(StringComparer.Ordinal))
        {
            if (!search._order.ContainsKey(node))
            {
                search.Visit(node);
            }
        }

        return search._found;
    }

    private void Visit(string node)
    {
        _order[node] = _lowest[node] = _order.Count;
        _open.Push(node);
        _isOpen.Add(node);
        foreach (var next in _edges.TryGetValue(node, out var targets) ? targets : new HashSet<string>())
        {
            if (!_order.TryGetValue(next, out var order))
            {
                Visit(next);
                _lowest[node] = Math.Min(_lowest[node], _lowest[next]);
            }
            else if (_isOpen.Contains(next))
            {
                _lowest[node] = Math.Min(_lowest[node], order);
            }
        }

        if (_lowest[node] == _order[node])
        {
            Close(node);
        }
    }

    private void Close(string node)
    {
        var component = new List<string>();
        do
        {
            component.Add(_open.Pop());
            _isOpen.Remove(component[^1]);
        }
        while (component[^1] != node);

        if (component.Count > 1)
        {
            _found.Add([.. component.Order(StringComparer.Ordinal)]);
        }
    }
}
