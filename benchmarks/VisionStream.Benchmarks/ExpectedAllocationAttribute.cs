namespace VisionStream.Benchmarks;

/// <summary>
/// Managed bytes that one operation allocates, checked after each run. On a class it holds for all its benchmarks, on a method for that
/// one.
/// </summary>
/// <param name="bytes">How many, or <see cref="Any"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExpectedAllocationAttribute(long bytes) : Attribute
{
    /// <summary>For what is measured beside ours, or only for its time.</summary>
    public const long Any = -1;

    /// <summary>How many, or <see cref="Any"/>.</summary>
    public long Bytes { get; } = bytes;
}
