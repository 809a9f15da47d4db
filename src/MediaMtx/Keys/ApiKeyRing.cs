using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Keys;

/// <summary>
/// Safe from any thread. The keys that are in force, found by their secrets. One more is the service's own: made at its start, for
/// everything, and kept nowhere.
/// </summary>
public sealed class ApiKeyRing
{
    private readonly Lock _gate = new();
    private readonly ApiKey _own;
    private volatile ApiKey[] _keys;

    /// <summary>Starts with these keys.</summary>
    /// <exception cref="ArgumentException">Two keys have one name.</exception>
    public ApiKeyRing(IEnumerable<ApiKey> keys)
    {
        _keys = [.. keys];
        _own = ApiKey.Generate("visionstream", [Scope.Admin], out var secret);
        OwnSecret = secret;
        if (_keys.Select(k => k.Name).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are {twice.Count()} keys of the name '{twice.Key}'; give each its own.", nameof(keys));
        }
    }

    /// <summary>The secret with which the service itself calls MediaMTX, reads from it and publishes to it.</summary>
    public string OwnSecret { get; }

    /// <summary>How many there are, without the service's own.</summary>
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

    /// <summary>The service's own key when this is its secret, or <see langword="null"/>.</summary>
    internal ApiKey? FindOwn(string secret) => _own.Matches(ApiKey.HashOf(secret)) ? _own : null;

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
