using System.Collections.Concurrent;
using VisionStream.Core.Streams;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Pipelines;

/// <summary>
/// Safe from any thread. The streams that are being watched, by name. Changes of one stream come one after the other; no stream
/// waits for another.
/// </summary>
internal sealed class PipelineDirectory(PipelineRoom room) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<StreamName, StreamPipeline> _pipelines = new();
    private readonly NameGates _gates = new();
    private volatile bool _closing;

    /// <summary>Called with the name of a stream of which nothing is left, on the thread that removed it; quick, and throws nothing.</summary>
    public event Action<StreamName>? Removed;

    /// <summary>All of them, ordered by name.</summary>
    public IReadOnlyList<StreamPipeline> All => [.. _pipelines.Values.OrderBy(p => p.Options.Name.Value, StringComparer.Ordinal)];

    /// <summary>One of them, or <see langword="null"/>.</summary>
    public StreamPipeline? Find(StreamName name) => _pipelines.GetValueOrDefault(name);

    /// <summary>One of them by its name as it stands in a route, slashes as they are or as %2F; or <see langword="null"/>.</summary>
    public StreamPipeline? FindEscaped(string name) =>
        StreamName.TryParse(Uri.UnescapeDataString(name), out var parsed, out _) ? Find(parsed) : null;

    /// <summary>Begins to watch a stream; its model is loaded first. A stream that was named takes the place of a discovered one.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="origin">Who asks.</param>
    /// <param name="id">The identity it had before, or <see langword="null"/> for a new one.</param>
    /// <returns>The stream, or <see langword="null"/> when there is one of that name.</returns>
    /// <exception cref="BadInputException">The source, the model or its settings cannot be used; the message says why.</exception>
    public async Task<StreamPipeline?> StartAsync(StreamOptions options, StreamOrigin origin, string? id = null)
    {
        using var turn = await _gates.EnterAsync(options.Name);
        ObjectDisposedException.ThrowIf(_closing, this);
        var former = Find(options.Name);
        if (former is not null && (former.Origin != StreamOrigin.Discovered || origin == StreamOrigin.Discovered))
        {
            return null;
        }

        var plan = StreamPlan.Of(options, room.Server);
        var model = await TakeAsync(options.Analysis);
        try
        {
            // Nothing of the former is touched before it is sure that the new one can be had.
            StreamPipeline.DetectionOf(options.Analysis, model.Detectors.Model);
            if (former is not null)
            {
                await RemoveAsync(former);
            }

            var pipeline = StreamPipeline.Create(id ?? former?.Id ?? Ulid.Create(room.Time), origin, options, plan, model, room);
            _pipelines[options.Name] = pipeline;
            pipeline.Start();
            if (_closing)
            {
                // The end may have begun since, and have looked through the streams already.
                await RemoveAsync(pipeline);
            }

            return pipeline;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Changes how a stream is analysed and what becomes of its annotated video, without a break in its detections.</summary>
    /// <param name="name">The stream.</param>
    /// <param name="change">Gives the new options for the present ones; name, URL and loop stay as they are.</param>
    /// <returns>The stream, or <see langword="null"/> when there is none of that name.</returns>
    /// <exception cref="BadInputException">The new options cannot be used; the message says why, and nothing has changed.</exception>
    public async Task<StreamPipeline?> UpdateAsync(StreamName name, Func<StreamOptions, StreamOptions> change)
    {
        using var turn = await _gates.EnterAsync(name);
        if (Find(name) is not { } pipeline)
        {
            return null;
        }

        var before = pipeline.Options;
        var options = change(before) with { Name = before.Name, Url = before.Url, Loop = before.Loop };
        var plan = StreamPlan.Of(options, room.Server);
        var model = await TakeAsync(options.Analysis);
        try
        {
            await pipeline.ChangeAsync(options, plan, model);
            return pipeline;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Stops watching a stream. When this returns nothing of it is left.</summary>
    /// <param name="name">The stream.</param>
    /// <param name="origin">Only one that was asked for by this; <see langword="null"/> for any.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> StopAsync(StreamName name, StreamOrigin? origin = null)
    {
        using var turn = await _gates.EnterAsync(name);
        if (Find(name) is not { } pipeline || (origin is not null && pipeline.Origin != origin))
        {
            return false;
        }

        await RemoveAsync(pipeline);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        await Task.WhenAll(_pipelines.Keys.Select(name => StopAsync(name)));
    }

    private async Task RemoveAsync(StreamPipeline pipeline)
    {
        var name = pipeline.Options.Name;
        _pipelines.TryRemove(name, out _);
        await pipeline.DisposeAsync();
        room.Feed.Forget(name);
        Removed?.Invoke(name);
    }

    private Task<ModelLease> TakeAsync(AnalysisOptions analysis) =>
        OffThePool.RunAsync(() => room.Models.Take(analysis.Model, analysis.Labels));
}
