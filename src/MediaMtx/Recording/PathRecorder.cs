using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Control;

namespace VisionStream.MediaMtx.Recording;

/// <summary>
/// Safe from any thread. Recording by MediaMTX itself: switched on and off in the path's configuration entry, which is added when
/// there is none, without disconnecting the publisher (v1.20.1; releases whose path manager compares an entry's name disconnect it
/// the first time). It lasts until MediaMTX restarts, as all changes by its control API do.
/// </summary>
public sealed class PathRecorder : IDisposable
{
    private readonly MediaMtxClient _client;
    private readonly ControlTransport? _playback;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="client">The control API; it stays the caller's.</param>
    /// <param name="playback">MediaMTX's playback server for ourselves, for example http://127.0.0.1:9996; <see langword="null"/> for none.</param>
    /// <param name="options">Credentials and bounds, which count for the playback server too.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <exception cref="ArgumentException">The playback server's address is none.</exception>
    public PathRecorder(MediaMtxClient client, string? playback, MediaMtxOptions options, TimeProvider time)
    {
        _client = client;
        _playback = playback is { } address ? new ControlTransport("MediaMTX's playback server", options with { Api = address }, time) : null;
    }

    /// <summary>Starts recording a path, now or when somebody publishes it; one that is recorded already goes on.</summary>
    public Task<ControlAnswer> StartAsync(StreamName name, CancellationToken cancel = default) => SetAsync(name, record: true, cancel);

    /// <summary>Stops recording a path; the file is closed, the publisher stays.</summary>
    public Task<ControlAnswer> StopAsync(StreamName name, CancellationToken cancel = default) => SetAsync(name, record: false, cancel);

    /// <summary>Whether a path is recorded while somebody publishes it. <see cref="ControlOutcome.NotFound"/> when there is no such path.</summary>
    public async Task<(ControlAnswer End, bool IsOn)> IsOnAsync(StreamName name, CancellationToken cancel = default)
    {
        var path = await _client.GetPathAsync(name, cancel).ConfigureAwait(false);
        if (!path.IsOk)
        {
            return (path.End, false);
        }

        var entry = await _client.GetPathConfigurationAsync(path.Value.ConfigurationName, cancel).ConfigureAwait(false);
        return (entry.End, entry.IsOk && IsTrue(entry.Value["record"]));
    }

    /// <summary>What is recorded of a path, oldest first; none when nothing is.</summary>
    /// <param name="name">The path.</param>
    /// <param name="links">The playback server as the asker reaches it; <see langword="null"/> for no links.</param>
    /// <param name="cancel">Ends the asking.</param>
    public async Task<AnswerOf<IReadOnlyList<RecordedSegment>>> ListAsync(StreamName name, string? links, CancellationToken cancel = default)
    {
        var segments = _playback is null
            ? await StartsAsync(name, cancel).ConfigureAwait(false)
            : await _playback.ReadAsync($"list?path={name}", json => Segments(name, links?.TrimEnd('/'), json), cancel).ConfigureAwait(false);

        // Playback is a server of its own and off in MediaMTX's own configuration; what is recorded the control API knows too.
        if (_playback is not null && segments.Outcome is ControlOutcome.Unreachable or ControlOutcome.TimedOut)
        {
            segments = await StartsAsync(name, cancel).ConfigureAwait(false);
        }

        return segments.Outcome == ControlOutcome.NotFound ? AnswerOf<IReadOnlyList<RecordedSegment>>.Of([]) : segments;
    }

    /// <inheritdoc/>
    public void Dispose() => _playback?.Dispose();

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    private static IReadOnlyList<RecordedSegment>? Segments(StreamName name, string? links, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var segments = new List<RecordedSegment>();
        foreach (var item in json.EnumerateArray())
        {
            if (PathReader.Text(item, "start") is { } start
                && DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
                && item.TryGetProperty("duration", out var d) && d.ValueKind == JsonValueKind.Number && d.TryGetDouble(out var seconds)
                && seconds is >= 0 and < int.MaxValue)
            {
                // The start goes back as it came: MediaMTX counts in nanoseconds, which our clock types do not hold.
                var length = seconds.ToString("R", CultureInfo.InvariantCulture);
                segments.Add(new RecordedSegment(at, TimeSpan.FromSeconds(seconds), links is null
                    ? null
                    : $"{links}/get?path={Uri.EscapeDataString(name.Value)}&start={Uri.EscapeDataString(start)}&duration={length}&format=mp4"));
            }
        }

        return [.. segments.OrderBy(s => s.Start)];
    }

    private async Task<AnswerOf<IReadOnlyList<RecordedSegment>>> StartsAsync(StreamName name, CancellationToken cancel)
    {
        var recorded = await _client.GetRecordingsAsync(name, cancel).ConfigureAwait(false);
        return recorded.IsOk
            ? AnswerOf<IReadOnlyList<RecordedSegment>>.Of([.. recorded.Value.SegmentStarts.Select(s => new RecordedSegment(s, null, null))])
            : AnswerOf<IReadOnlyList<RecordedSegment>>.Failed(recorded.End);
    }

    private async Task<ControlAnswer> SetAsync(StreamName name, bool record, CancellationToken cancel)
    {
        var wanted = new JsonObject { ["record"] = record };
        var patched = await _client.PatchPathConfigurationAsync(name, wanted, cancel).ConfigureAwait(false);
        if (patched.Outcome != ControlOutcome.NotFound)
        {
            return patched;
        }

        var (end, settings) = await SettingsAsync(name, record, cancel).ConfigureAwait(false);
        if (settings is null)
        {
            return end;
        }

        var added = await _client.AddPathConfigurationAsync(name, settings, cancel).ConfigureAwait(false);

        // Somebody else added one in between.
        return added.Outcome == ControlOutcome.AlreadyExists ? await _client.PatchPathConfigurationAsync(name, wanted, cancel).ConfigureAwait(false) : added;
    }

    // The settings of an entry to add; none when there is nothing to add, for a reason that the answer gives.
    private async Task<(ControlAnswer End, JsonObject? Settings)> SettingsAsync(StreamName name, bool record, CancellationToken cancel)
    {
        var path = await _client.GetPathAsync(name, cancel).ConfigureAwait(false);
        if (path.Outcome == ControlOutcome.NotFound)
        {
            // Nobody is there who could be disconnected. Without an entry and a publisher there is also nothing to stop.
            return (ControlAnswer.Done, record ? new JsonObject { ["record"] = true } : null);
        }

        if (!path.IsOk)
        {
            return (path.End, null);
        }

        var entry = await _client.GetPathConfigurationAsync(path.Value.ConfigurationName, cancel).ConfigureAwait(false);
        if (!entry.IsOk)
        {
            return (entry.End, null);
        }

        if (IsTrue(entry.Value["record"]) == record)
        {
            return (ControlAnswer.Done, null);
        }

        var defaults = await _client.GetPathDefaultsAsync(cancel).ConfigureAwait(false);
        if (!defaults.IsOk)
        {
            return (defaults.End, null);
        }

        if (PathSettings.Difference(entry.Value, defaults.Value) is not { } settings)
        {
            return (new ControlAnswer(ControlOutcome.Refused,
                $"The path '{name}' is governed by the entry '{path.Value.ConfigurationName}', whose source or secrets cannot be copied; "
                + $"give the path an entry of its own in MediaMTX's configuration."), null);
        }

        settings["record"] = record;
        return (ControlAnswer.Done, settings);
    }
}
