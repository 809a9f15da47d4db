namespace VisionStream.MediaMtx.Keys;

/// <summary>Safe from any thread. The keys that are in force, found by their secrets.</summary>
public sealed class ApiKeyRing
{
    private readonly Lock _gate = new();
    private volatile ApiKey[] _keys;

    /// <summary>Starts with these keys.</summary>
    /// <exception cref="ArgumentException">Two keys have one name.</exception>
    public ApiKeyRing(IEnumerable<ApiKey> keys)
    {
        _keys = [.. keys];
        if (_keys.Select(k => k.Name).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are {twice.Count()} keys of the name '{twice.Key}'; give each its own.", nameof(keys));
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _keys.Length;

    /// <summary>Puts a key in force; one of the same name is replaced.</summary>
    public void Set(ApiKey key)
    {
        lock (_gate)
        {
            _keys = [.. _keys.Where(k => k.Name != key.Name), key];
        }
    }

    /// <summary>Takes a key out of force.</summary>
    /// <returns>Whether there was one of that name.</returns>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            var before = _keys;
            _keys = [.. before.Where(k => k.Name != name)];
            return _keys.Length < before.Length;
        }
    }

    /// <summary>The key of a secret, or <see langword="null"/>. The time it takes tells nothing of how near a guess was.</summary>
    public ApiKey? Find(string secret)
    {
        var hash = ApiKey.HashOf(secret);
        ApiKey? found = null;
        foreach (var key in _keys)
        {
            // All are compared even after a hit.
            found = key.Matches(hash) ? key : found;
        }

        return found;
    }
}
