namespace VisionStream.Tests.Restream.Publish;

/// <summary>Hears of progress on the thread that tells it, unlike Progress, which posts.</summary>
internal sealed class Told<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
