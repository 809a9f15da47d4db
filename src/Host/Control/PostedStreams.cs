using System.Collections.Concurrent;
using System.Text.Json;
using VisionStream.Core.Streams;
using VisionStream.Host.Access;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;

namespace VisionStream.Host.Control;

/// <summary>
/// Safe from any thread. Makes, changes and deletes streams at run time, remembers those that were posted, and ends them when their
/// time to live is over. Work on one name happens one after the other.
/// </summary>
/// <param name="directory">Where the streams are.</param>
/// <param name="options">What counts where a request says nothing.</param>
/// <param name="models">The models that requests may name.</param>
/// <param name="urls">What may be opened on the word of a caller; asked again of what is restored.</param>
/// <param name="file">Keeps posted streams; <see langword="null"/> for no longer than the process.</param>
/// <param name="time">The clock of their lives.</param>
/// <param name="log">Where they are told of.</param>
internal sealed class PostedStreams(
    PipelineDirectory directory, ServeOptions options, KnownModels models, CallerUrls urls, SavedStreamsFile? file, TimeProvider time,
    ILogger<PostedStreams> log) : IAsyncDisposable
{
    /// <summary>Posted streams at once: each has a thread, a ring of frames and a share of the model.</summary>
    public const int MostStreams = 64;

    private readonly NameGates _gates = new();
    private readonly ConcurrentDictionary<StreamName, Entry> _entries = new();
    private readonly Lock _saving = new();
    private volatile bool _loaded;

    /// <summary>When a stream is deleted; <see langword="null"/> for never, or when it was not posted.</summary>
    public DateTimeOffset? ExpiresAt(StreamName name) => _entries.GetValueOrDefault(name)?.Saved.ExpiresAt;

    /// <summary>
    /// What a stream that was named by hand was made as, for credentials that end with it: the identity of a posted one, which a restart
    /// keeps, also while it cannot be watched; <see langword="null"/> for all others.
    /// </summary>
    public string? GenerationOf(StreamName name) =>
        _entries.GetValueOrDefault(name)?.Saved.Id ?? (directory.Find(name) is { Origin: StreamOrigin.Configured } ? "configured" : null);

    /// <summary>The streams that have a generation.</summary>
    public IEnumerable<StreamName> Named =>
        _entries.Keys.Union(directory.All.Where(p => p.Origin == StreamOrigin.Configured).Select(p => p.Options.Name));

    /// <summary>Makes a stream, or finds it made. The same request again begins its time to live anew.</summary>
    /// <exception cref="BadInputException">It cannot be made; the message says why.</exception>
    public async Task<PostResult> PostAsync(StreamRequest request)
    {
        // A stream of the configuration that was ended comes back by its name alone: its address is the configuration's word.
        var configured = request.Url is null ? options.Streams.FirstOrDefault(s => s.Name.Value == request.Name) : null;
        var name = configured?.Name ?? request.StreamName();
        using var turn = await _gates.EnterAsync(name);
        var plain = request with { Name = name.Value, Ttl = null, Url = request.Url ?? configured?.Url };
        var entry = _entries.GetValueOrDefault(name);
        if (directory.Find(name) is { Origin: not StreamOrigin.Discovered } present)
        {
            if (!IsSame(entry?.Saved.Request, plain) && !plain.Fits(present.Options, models))
            {
                return new PostResult(PostOutcome.Differs, null, present.Origin == StreamOrigin.Configured
                    ? $"The configuration has a stream '{name}' with other settings; PATCH it, or choose another name."
                    : $"There is a stream '{name}' with other settings; PATCH or DELETE it, or choose another name.");
            }

            if (entry is not null)
            {
                Keep(name, entry.Saved with { ExpiresAt = Expiry(request) });
                await SaveAsync();
            }

            return new PostResult(PostOutcome.Present, present);
        }

        if (configured is not null)
        {
            var again = await directory.StartAsync(request.Changes().Apply(configured, models), StreamOrigin.Configured);
            return again is null ? AppearedMeanwhile(name) : new PostResult(PostOutcome.Created, again);
        }

        if (entry is null && _entries.Count >= MostStreams)
        {
            return new PostResult(PostOutcome.TooMany, null, $"{MostStreams} streams are posted already; delete one first.");
        }

        if (await directory.StartAsync(plain.ToOptions(options.Defaults, models), StreamOrigin.Posted, entry?.Saved.Id) is not { } pipeline)
        {
            return AppearedMeanwhile(name);
        }

        Keep(name, new SavedStream(pipeline.Id, plain, null, Expiry(request)));
        await SaveAsync();
        Log.Posted(log, name, pipeline.Source);
        return new PostResult(PostOutcome.Created, pipeline);
    }

    /// <summary>Changes a stream, whoever asked for it; only of posted ones the change outlives the process.</summary>
    /// <returns>The stream, or <see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="BadInputException">The change cannot be made, and nothing has changed.</exception>
    public async Task<StreamPipeline?> PatchAsync(StreamName name, StreamPatch patch)
    {
        using var turn = await _gates.EnterAsync(name);
        var pipeline = await directory.UpdateAsync(name, o => patch.Apply(o, models));
        if (pipeline is not null && _entries.TryGetValue(name, out var entry))
        {
            Keep(name, entry.Saved with { Changes = entry.Saved.Changes?.Then(patch) ?? patch, AnnotateTo = pipeline.Options.AnnotateTo });
            await SaveAsync();
        }

        return pipeline;
    }

    /// <summary>Ends a stream, whoever asked for it: one of the configuration until the next start, a discovered one until its publisher comes again.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(StreamName name)
    {
        using var turn = await _gates.EnterAsync(name);
        return await RemoveAsync(name, "asked for");
    }

    /// <summary>Starts what was saved; called once. What cannot be started is kept for the next time. Nothing is saved before this.</summary>
    public async Task RestoreAsync()
    {
        var all = file?.Load() ?? [];
        foreach (var saved in all.Where(s => StreamName.TryParse(s.Request.Name, out _, out _)))
        {
            var name = saved.Request.StreamName();
            if (!_entries.ContainsKey(name))
            {
                Keep(name, saved);
            }
        }

        _loaded = true;
        // All at once: each may have to wait for a name to be looked up.
        await Task.WhenAll(_entries.Keys.Select(async name =>
        {
            try
            {
                await RestoreAsync(name);
            }
            catch (BadInputException e)
            {
                Log.NotRestored(log, e.Message);
            }
        }));
        await SaveAsync();
    }

    /// <summary>Ends the clocks and leaves the streams to the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries.Values)
        {
            if (entry.Timer is { } timer)
            {
                await timer.DisposeAsync();
            }
        }

        file?.Dispose();
    }

    private static PostResult AppearedMeanwhile(StreamName name) => new(PostOutcome.Differs, null, $"There is a stream '{name}' now; post it again.");

    private static bool IsSame(StreamRequest? a, StreamRequest b) => a is not null && JsonSerializer.Serialize(a) == JsonSerializer.Serialize(b);

    private async Task RestoreAsync(StreamName name)
    {
        using var turn = await _gates.EnterAsync(name);
        if (!_entries.TryGetValue(name, out var entry) || directory.Find(name) is { Origin: StreamOrigin.Posted })
        {
            return;
        }

        var saved = entry.Saved;
        if (saved.ExpiresAt <= time.GetUtcNow())
        {
            await RemoveAsync(name, "its time to live is over", StreamOrigin.Posted);
            return;
        }

        var wanted = saved.Request.ToOptions(options.Defaults, models);
        wanted = saved.Changes?.Apply(wanted, models) ?? wanted;
        wanted = wanted with { AnnotateTo = saved.AnnotateTo ?? wanted.AnnotateTo };

        // Where the annotated video would go too: a caller who switches it on again is not asked.
        foreach (var url in new[] { wanted.Url, wanted.AnnotateTo })
        {
            if (url is not null && await urls.RefuseAgainAsync(url, CancellationToken.None) is { } why)
            {
                throw new BadInputException($"{name}: {why}");
            }
        }

        var pipeline = await directory.StartAsync(wanted, StreamOrigin.Posted, saved.Id)
            ?? throw new BadInputException($"{name}: the configuration has a stream of that name.");
        Log.Posted(log, name, pipeline.Source);
    }

    private DateTimeOffset? Expiry(StreamRequest request) => request.Ttl is { } seconds ? time.GetUtcNow() + TimeSpan.FromSeconds(seconds) : null;

    private void Keep(StreamName name, SavedStream saved)
    {
        _entries.GetValueOrDefault(name)?.Timer?.Dispose();
        ITimer? timer = null;
        if (saved.ExpiresAt is { } at)
        {
            var left = at - time.GetUtcNow();
            timer = time.CreateTimer(_ => _ = ExpireAsync(name), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        _entries[name] = new Entry(saved, timer);
    }

    private async Task ExpireAsync(StreamName name)
    {
        try
        {
            using var turn = await _gates.EnterAsync(name);

            if (_entries.TryGetValue(name, out var entry) && entry.Saved.ExpiresAt <= time.GetUtcNow())
            {
                await RemoveAsync(name, "its time to live is over", StreamOrigin.Posted);
            }
            else if (entry is not null)
            {
                // Posted again while this waited for its turn, or the wall clock was set back.
                Keep(name, entry.Saved);
            }
        }
        catch (Exception e)
        {
            Log.NotExpired(log, name, e);
        }
    }

    private async Task<bool> RemoveAsync(StreamName name, string why, StreamOrigin? origin = null)
    {
        var wasRunning = await directory.StopAsync(name, origin);
        var wasKept = _entries.TryRemove(name, out var entry);
        if (wasKept)
        {
            entry!.Timer?.Dispose();
            await SaveAsync();
        }

        if (wasRunning || wasKept)
        {
            Log.Deleted(log, name, why);
        }

        return wasRunning || wasKept;
    }

    // Waits for the disk, which a pool thread should not.
    private Task SaveAsync() => file is null || !_loaded ? Task.CompletedTask : OffThePool.RunAsync(() =>
    {
        lock (_saving)
        {
            try
            {
                file.Save([.. _entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal).Select(e => e.Value.Saved)]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.NotSaved(log, e.Message);
            }
        }
    });

    private sealed record Entry(SavedStream Saved, ITimer? Timer);
}
