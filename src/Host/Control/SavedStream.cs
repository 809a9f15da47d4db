namespace VisionStream.Host.Control;

/// <summary>A posted stream as the state file keeps it. Immutable. Its URLs may hold secrets.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Request">What was posted, its name as the stream has it and without its time to live.</param>
/// <param name="Changes">What was patched since, as one change; <see langword="null"/> for nothing.</param>
/// <param name="ExpiresAt">When it is deleted; <see langword="null"/> for never.</param>
/// <param name="AnnotateTo">
/// Where its annotated video was last told to go, also while it is off, which a change cannot say; <see langword="null"/>: where the
/// request and the changes say, as in files of services that did not keep it.
/// </param>
internal sealed record SavedStream(
    string Id, StreamRequest Request, StreamPatch? Changes = null, DateTimeOffset? ExpiresAt = null, string? AnnotateTo = null);
