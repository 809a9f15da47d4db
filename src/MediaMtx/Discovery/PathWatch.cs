using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.MediaMtx.Discovery;

/// <summary>
/// Not safe for several threads. Turns one look at MediaMTX's paths after another into decisions. It knows no clock: each look says
/// how much time of which something is known has passed since the one before, so that an outage lets nobody's hold run out.
/// </summary>
internal sealed class PathWatch(DiscoveryOptions options)
{
    private readonly Dictionary<StreamName, Entry> _entries = [];

    private enum WatchState
    {
        Online,
        Away,
        Failed,
    }

    /// <summary>Paths that the last look would have attached had <see cref="DiscoveryOptions.MaxPaths"/> been higher.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Takes a look.</summary>
    /// <param name="paths">All paths.</param>
    /// <param name="passed">Time since the last look, zero when a failed one lay between.</param>
    public IReadOnlyList<PathChange> Observe(IReadOnlyList<MediaPath> paths, TimeSpan passed)
    {
        var online = Online(paths);
        var changes = new List<PathChange>();
        foreach (var (name, entry) in _entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal).ToList())
        {
            if (Step(entry, online.GetValueOrDefault(name), passed) is { } kind)
            {
                changes.Add(new PathChange(kind, name, entry.Profile, online.GetValueOrDefault(name)));
            }

            if (entry.WatchState == WatchState.Failed && !online.ContainsKey(name))
            {
                _entries.Remove(name);
            }
        }

        foreach (var change in changes.Where(c => c.Kind == PathChangeKind.Detach))
        {
            _entries.Remove(change.Name);
        }

        LeftOut = 0;
        foreach (var (name, path) in online.Where(p => !_entries.ContainsKey(p.Key)).OrderBy(p => p.Key.Value, StringComparer.Ordinal))
        {
            if (_entries.Count >= options.MaxPaths)
            {
                LeftOut++;
                continue;
            }

            var profile = ProfileOf(name)!;
            _entries[name] = new Entry(profile);
            changes.Add(new PathChange(PathChangeKind.Attach, name, profile, path));
        }

        return changes;
    }

    /// <summary>The host could not attach a path; it is told again after <see cref="DiscoveryOptions.RetryAfter"/>.</summary>
    /// <returns>Whether this is the first failure since the path came online.</returns>
    public bool Failed(StreamName name)
    {
        var entry = _entries[name];
        (entry.WatchState, entry.Waited) = (WatchState.Failed, TimeSpan.Zero);
        return ++entry.Failures == 1;
    }

    private PathChangeKind? Step(Entry entry, MediaPath? path, TimeSpan passed)
    {
        switch (entry.WatchState)
        {
            case WatchState.Online when path is null:
                (entry.WatchState, entry.Waited) = (WatchState.Away, TimeSpan.Zero);
                return PathChangeKind.PublisherLeft;
            case WatchState.Away when path is not null:
                entry.WatchState = WatchState.Online;
                return PathChangeKind.PublisherReturned;
            case WatchState.Away when (entry.Waited += passed) >= options.Hold:
                return PathChangeKind.Detach;
            case WatchState.Failed when path is not null && (entry.Waited += passed) >= options.RetryAfter:
                entry.WatchState = WatchState.Online;
                return PathChangeKind.Attach;
            default:
                return null;
        }
    }

    private Dictionary<StreamName, MediaPath> Online(IReadOnlyList<MediaPath> paths)
    {
        var online = new Dictionary<StreamName, MediaPath>();
        foreach (var path in paths)
        {
            if (path.Online && PictureTracks.MayHave(path) && StreamName.TryParse(path.Name, out var name, out _)
                && !AnnotatedName.Is(name) && ProfileOf(name) is not null)
            {
                online[name] = path;
            }
        }

        return online;
    }

    private string? ProfileOf(StreamName name) =>
        options.Rules.FirstOrDefault(r => r.Pattern.Matches(name))?.Profile is { } profile && profile != PathRule.Ignore ? profile : null;

    private sealed class Entry(string profile)
    {
        public string Profile { get; } = profile;

        public WatchState WatchState { get; set; }

        public TimeSpan Waited { get; set; }

        public int Failures { get; set; }
    }
}
