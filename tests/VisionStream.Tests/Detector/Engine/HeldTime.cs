namespace VisionStream.Tests.Detector.Engine;

/// <summary>The system's clock, on which whoever asks for a timestamp can be made to wait: a detector does so when it begins.</summary>
/// <param name="patience">Ends the wait of a test that fails.</param>
internal sealed class HeldTime(CancellationToken patience) : TimeProvider, IDisposable
{
    /// <summary>Set while nobody has to wait.</summary>
    public ManualResetEventSlim Go { get; } = new(initialState: true);

    /// <summary>Released by each that has to wait.</summary>
    public SemaphoreSlim Held { get; } = new(0);

    public override long GetTimestamp()
    {
        if (!Go.IsSet)
        {
            Held.Release();
            Go.Wait(patience);
        }

        return base.GetTimestamp();
    }

    public void Dispose()
    {
        Go.Dispose();
        Held.Dispose();
    }
}
