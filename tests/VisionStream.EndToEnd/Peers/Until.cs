namespace VisionStream.EndToEnd.Peers;

/// <summary>Waits for conditions, never for time: each wait ends as soon as its condition holds, and fails naming it.</summary>
public static class Until
{
    /// <summary>How long a wait may take when the test names no limit: long enough for a busy 2-core machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Asked again and again; cheap.</param>
    /// <param name="what">What is awaited, for the message of the failure.</param>
    /// <param name="limit">The longest wait (default: <see cref="Patience"/>).</param>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, limit);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        using var deadline = Deadline(limit);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"waited {(limit ?? Patience).TotalSeconds:0.#} s for {what}");
        }
    }

    /// <summary>Ends with the limit or with the test, whichever comes first.</summary>
    internal static CancellationTokenSource Deadline(TimeSpan? limit)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(limit ?? Patience);
        return source;
    }
}
