namespace VisionStream.Detector.Models;

/// <summary>
/// Safe from any thread. The detectors of one model: as many as ever were at work at the same time, kept for the next frames. They share
/// the model's weights and threads; each has input and output memory of its own.
/// </summary>
/// <param name="model">The model; it has to outlive the pool.</param>
/// <param name="time">The clock of the stage times.</param>
public sealed class DetectorPool(DetectorModel model, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<FrameDetector> _idle = new();
    private bool _disposed;

    /// <summary>What analyses.</summary>
    public DetectorModel Model => model;

    /// <summary>A detector that nobody else has; give it to <see cref="Return"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pool is gone.</exception>
    public FrameDetector Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _idle.TryPop(out var detector) ? detector : new FrameDetector(model, time);
        }
    }

    /// <summary>Takes a rented detector back.</summary>
    public void Return(FrameDetector detector)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _idle.Push(detector);
                return;
            }
        }

        detector.Dispose();
    }

    /// <summary>Gives the memory back; that of a detector that is still rented with its return.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_idle.TryPop(out var detector))
            {
                detector.Dispose();
            }
        }
    }
}
