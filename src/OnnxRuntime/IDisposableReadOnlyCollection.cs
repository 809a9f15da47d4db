namespace Microsoft.ML.OnnxRuntime;

/// <summary>A fixed list whose disposal disposes its items.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
public interface IDisposableReadOnlyCollection<T> : IReadOnlyCollection<T>, IReadOnlyList<T>, IDisposable;
