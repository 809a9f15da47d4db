namespace VisionStream.Tests.Broadcaster;

/// <summary>Waits for what other threads bring about; gives up after a time that only a broken build reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task BecomesTrue(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            try
            {
                await look.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It did not happen within {Patience.TotalSeconds} s: {what}");
            }
        }
    }
}
