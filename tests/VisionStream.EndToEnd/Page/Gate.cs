using Microsoft.Playwright;

namespace VisionStream.EndToEnd.Page;

/// <summary>Holds a page's requests back while it is closed. Thread-safe; open at first.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private readonly List<IRoute> _held = [];
    private bool _closed;

    /// <summary>Requests that wait at present, those that the page has given up included.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Lets a request go on to the service, or keeps it.</summary>
    /// <param name="route">The request.</param>
    /// <param name="method">The only method that is ever kept (default: null, all).</param>
    public async Task PassAsync(IRoute route, string? method = null)
    {
        lock (_lock)
        {
            if (_closed && (method ?? route.Request.Method) == route.Request.Method)
            {
                _held.Add(route);
                return;
            }
        }

        await route.ContinueAsync();
    }

    /// <summary>Keeps what comes from now on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>Lets everything go on.</summary>
    public async Task OpenAsync()
    {
        IRoute[] held;
        lock (_lock)
        {
            _closed = false;
            held = [.. _held];
            _held.Clear();
        }

        foreach (var route in held)
        {
            await route.ContinueAsync();
        }
    }
}
