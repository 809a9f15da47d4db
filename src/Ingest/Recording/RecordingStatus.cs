namespace VisionStream.Ingest.Recording;

/// <summary>A look at a recording. Immutable.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="File">The file being written, or the last one; <see langword="null"/> before the first.</param>
/// <param name="Packets">Packets written since it was started.</param>
/// <param name="Dropped">Packets that did not get into a file: the disk was too slow, or their times did not rise.</param>
/// <param name="Error">Why it failed, in a sentence; empty unless it did.</param>
public sealed record RecordingStatus(RecordingState State, string? File, long Packets, long Dropped, string Error)
{
    /// <summary>Of a stream that was never recorded.</summary>
    public static RecordingStatus Never { get; } = new(RecordingState.Off, null, 0, 0, "");
}
