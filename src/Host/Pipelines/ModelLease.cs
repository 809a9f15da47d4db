using VisionStream.Detector.Models;

namespace VisionStream.Host.Pipelines;

/// <summary>Safe from any thread. A model in use; it is let go when the last lease of it is disposed.</summary>
/// <param name="detector">The detector, which belongs to one thread, such as the engine's.</param>
/// <param name="release">Gives it back.</param>
internal sealed class ModelLease(FrameDetector detector, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>Analyses frames, on one thread at a time.</summary>
    public FrameDetector Detector { get; } = detector;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
