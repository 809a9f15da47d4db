using VisionStream.Detector.Models;

namespace VisionStream.Host.Pipelines;

/// <summary>Safe from any thread. A model in use; it is let go when the last lease of it is disposed.</summary>
/// <param name="detectors">Its detectors.</param>
/// <param name="release">Gives it back.</param>
internal sealed class ModelLease(DetectorPool detectors, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>What analyses frames.</summary>
    public DetectorPool Detectors { get; } = detectors;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
