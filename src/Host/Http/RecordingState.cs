using System.Text.Json;
using VisionStream.Host.Recording;

namespace VisionStream.Host.Http;

/// <summary>How the recording of a stream stands; written in snake_case. Immutable.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Recording">Whether it is recorded now, or will be when pictures come.</param>
/// <param name="By">Who records: <c>mediamtx</c> or <c>visionstream</c>.</param>
/// <param name="State">Of our own: off, waiting, recording or failed; <see langword="null"/> of MediaMTX's.</param>
/// <param name="File">Our own file being written, or the last one; <see langword="null"/> without one.</param>
/// <param name="Dropped">Packets that our own files lack.</param>
/// <param name="Error">Why our own recording failed; empty unless it did.</param>
internal sealed record RecordingState(string Stream, bool Recording, string By, string? State, string? File, long Dropped, string Error)
{
    /// <summary>The state in an answer.</summary>
    public static RecordingState Of(string stream, RecordingAnswer answer) => new(
        stream, answer.IsOn, answer.By, answer.Own is { } own ? JsonNamingPolicy.SnakeCaseLower.ConvertName(own.State.ToString()) : null,
        Path.GetFileName(answer.Own?.File), answer.Own?.Dropped ?? 0, answer.Own?.Error ?? "");
}
