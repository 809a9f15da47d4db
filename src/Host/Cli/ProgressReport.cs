namespace VisionStream.Host.Cli;

/// <summary>Calls on the reporting thread, in order; <see cref="Progress{T}"/> would use the pool and mix reports up.</summary>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="onReport">Gets each report.</param>
internal sealed class ProgressReport<T>(Action<T> onReport) : IProgress<T>
{
    void IProgress<T>.Report(T value) => onReport(value);
}
