namespace VisionStream.Host.Control;

/// <summary>Safe from any thread. How far the service has come with what was asked for before it started; it begins with nothing.</summary>
internal sealed class Startup
{
    private volatile string? _pending = "The service is starting.";

    /// <summary>What is still to be started, a sentence without names; <see langword="null"/> once all has been.</summary>
    public string? Pending => _pending;

    /// <summary>Says what is being started now.</summary>
    public void Tell(string pending) => _pending = pending;

    /// <summary>All has been started.</summary>
    public void Complete() => _pending = null;
}
