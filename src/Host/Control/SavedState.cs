namespace VisionStream.Host.Control;

/// <summary>What the state file holds. Immutable.</summary>
/// <param name="Version">Of the form: <see cref="Current"/>.</param>
/// <param name="Streams">The posted streams.</param>
internal sealed record SavedState(int Version, IReadOnlyList<SavedStream> Streams)
{
    /// <summary>The form that is written, and the only one that is read.</summary>
    public const int Current = 1;
}
