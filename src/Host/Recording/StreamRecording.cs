using VisionStream.Core.Streams;
using VisionStream.Host.Pipelines;
using VisionStream.Ingest.Recording;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Recording;

namespace VisionStream.Host.Recording;

/// <summary>
/// Safe from any thread. Records streams: by MediaMTX what is read from there by its own name, which also keeps what this service does
/// not read; by the ingest what comes from elsewhere.
/// </summary>
/// <param name="shelf">Where our own files lie.</param>
/// <param name="server">MediaMTX's recorder, or <see langword="null"/> when none is configured.</param>
/// <param name="addresses">Where MediaMTX is for viewers; <see langword="null"/> when none is configured.</param>
internal sealed class StreamRecording(RecordingShelf shelf, PathRecorder? server, MediaServer? addresses)
{
    private const string ByServer = "mediamtx";
    private const string ByUs = "visionstream";

    /// <summary>Starts or stops recording; doing it twice is harmless.</summary>
    public async Task<RecordingAnswer> SetAsync(StreamPipeline pipeline, bool on, CancellationToken cancel)
    {
        var name = pipeline.Options.Name;
        if (ServerOf(pipeline) is { } recorder)
        {
            var end = on ? await recorder.StartAsync(name, cancel) : await recorder.StopAsync(name, cancel);
            return new RecordingAnswer(OutcomeOf(end), end.Sentence, ByServer, end.IsOk == on);
        }

        if (on)
        {
            pipeline.Recorder.Start(shelf.FolderOf(name));
        }
        else
        {
            await pipeline.Recorder.StopAsync();
        }

        return Own(pipeline);
    }

    /// <summary>Whether a stream is recorded.</summary>
    public async Task<RecordingAnswer> LookAsync(StreamPipeline pipeline, CancellationToken cancel)
    {
        if (ServerOf(pipeline) is not { } recorder)
        {
            return Own(pipeline);
        }

        var (end, isOn) = await recorder.IsOnAsync(pipeline.Options.Name, cancel);

        // A path that nobody publishes is recorded by nobody.
        return end.Outcome == ControlOutcome.NotFound
            ? new RecordingAnswer(RecordingOutcome.Done, "", ByServer, false)
            : new RecordingAnswer(OutcomeOf(end), end.Sentence, ByServer, isOn);
    }

    /// <summary>What is recorded of a stream, oldest first.</summary>
    /// <param name="pipeline">The stream.</param>
    /// <param name="askedAt">The host by which the asker reached this service, as <see cref="MediaServer.AddressesFor"/> takes it.</param>
    /// <param name="cancel">Ends the asking.</param>
    public async Task<(RecordingAnswer Answer, IReadOnlyList<RecordingFacts> Recordings)> ListAsync(StreamPipeline pipeline, string askedAt, CancellationToken cancel)
    {
        var name = pipeline.Options.Name;
        if (ServerOf(pipeline) is { } recorder)
        {
            var segments = await recorder.ListAsync(name, addresses?.AddressesFor(askedAt).Playback, cancel);
            return (
                new RecordingAnswer(OutcomeOf(segments.End), segments.Sentence, ByServer, false),
                [.. (segments.Value ?? []).Select(s => new RecordingFacts(s.Start, s.Duration?.TotalSeconds, null, s.Link, null))]);
        }

        return (Own(pipeline), [.. shelf.List(name).Select(f => new RecordingFacts(f.Start, f.Duration.TotalSeconds, f.Bytes, LinkOf(name, f), f.Name))]);
    }

    private static RecordingAnswer Own(StreamPipeline pipeline)
    {
        var status = pipeline.Recorder.Status;
        return new RecordingAnswer(RecordingOutcome.Done, "", ByUs, status.State is RecordingState.Waiting or RecordingState.Recording, status);
    }

    private static RecordingOutcome OutcomeOf(ControlAnswer end) => end.Outcome switch
    {
        ControlOutcome.Ok => RecordingOutcome.Done,
        ControlOutcome.Refused or ControlOutcome.AlreadyExists => RecordingOutcome.Refused,
        _ => RecordingOutcome.Unavailable,
    };

    private static string LinkOf(StreamName name, RecordedFile file) => $"/v1/streams/{Uri.EscapeDataString(name.Value)}/recordings/{file.Name}";

    private PathRecorder? ServerOf(StreamPipeline pipeline) => pipeline.Options.Url is null ? server : null;
}
