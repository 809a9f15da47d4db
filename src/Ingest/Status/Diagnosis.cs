using VisionStream.Ingest.Sources;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Status;

/// <summary>What an error of libav means for a source: one sentence, and whether trying again can mend it.</summary>
internal static class Diagnosis
{
    /// <summary>Judges an error while a source was opened or read.</summary>
    public static VisitEnd Of(LibAvException error, SourceUrl source)
    {
        if (error.Error == LibAvError.LibrariesUnusable)
        {
            return new VisitEnd(VisitOutcome.Hopeless, error.Message);
        }

        var reason = Sentence(error, source);
        if (source.IsListening)
        {
            // These come from a caller that was there; anything else (a port in use) would fail again at once.
            return error.Error is LibAvError.EndOfStream or LibAvError.Disconnected or LibAvError.TimedOut or LibAvError.InvalidData
                ? new VisitEnd(VisitOutcome.PublisherLeft, $"The caller at {source} left or published nothing; waiting for a publisher.")
                : new VisitEnd(error.Error == LibAvError.Unsupported ? VisitOutcome.Unusable : VisitOutcome.Lost, reason);
        }

        var outcome = source.Scheme switch
        {
            SourceScheme.File or SourceScheme.Lavfi => VisitOutcome.Hopeless,
            _ when error.Error == LibAvError.Unsupported => VisitOutcome.Unusable,
            _ => VisitOutcome.Lost,
        };
        return new VisitEnd(outcome, reason);
    }

    private static string Sentence(LibAvException error, SourceUrl source) => (source.Scheme, error.Error) switch
    {
        (SourceScheme.File or SourceScheme.Sdp, LibAvError.InvalidData or LibAvError.EndOfStream) => $"{source} is no image or video that FFmpeg can read.",
        (SourceScheme.Lavfi, not LibAvError.Unsupported) => $"{source} is no filter graph that FFmpeg can run.",
        (SourceScheme.V4l2, LibAvError.NotFound) => $"There is no camera {source}.",
        (SourceScheme.V4l2, LibAvError.Busy) => $"The camera {source} is in use.",
        (_, LibAvError.Busy) => $"The port of {source} is in use.",
        (_, LibAvError.NotFound) => $"There is nothing at {source} yet.",
        (_, LibAvError.Unauthorized) => $"{source} asks for other credentials.",
        (_, LibAvError.ConnectionRefused) => $"Nothing listens at {source}.",
        (_, LibAvError.Unreachable) => $"There is no route to {source}.",
        (_, LibAvError.TimedOut) => $"{source} did not answer in time.",
        (_, LibAvError.EndOfStream or LibAvError.Disconnected) => $"{source} closed the connection, or its name cannot be resolved.",
        (_, LibAvError.InvalidData) => $"{source} sends what FFmpeg cannot read.",
        // The message names the codec, protocol or format; secrets in it are masked.
        (_, LibAvError.Unsupported) => error.Message,
        _ => $"{source} cannot be read: {error.Message}",
    };
}
