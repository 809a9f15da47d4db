namespace VisionStream.Core;

/// <summary>Safe from any thread. Ends a registration when disposed; disposing it again does nothing.</summary>
internal sealed class Registration(Action end) : IDisposable
{
    private Action? _end = end;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
