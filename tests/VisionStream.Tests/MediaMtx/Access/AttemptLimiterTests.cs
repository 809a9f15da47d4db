using System.Net;
using VisionStream.MediaMtx.Access;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.MediaMtx.Access;

public class AttemptLimiterTests
{
    private static readonly IPAddress Someone = IPAddress.Parse("192.0.2.7");

    private readonly ManualTime _time = new();

    [Fact]
    public void Ten_failures_lock_an_address_until_one_is_forgiven()
    {
        var limiter = new AttemptLimiter(new AccessOptions(), _time);
        for (var failure = 1; failure < 10; failure++)
        {
            Assert.False(limiter.Fail(Someone));
            Assert.Equal(TimeSpan.Zero, limiter.WaitOf(Someone));
        }

        Assert.True(limiter.Fail(Someone));
        Assert.Equal(TimeSpan.FromSeconds(6), limiter.WaitOf(Someone));
        Assert.Equal(TimeSpan.Zero, limiter.WaitOf(IPAddress.Parse("192.0.2.8")));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.InRange(limiter.WaitOf(Someone), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.1));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(TimeSpan.Zero, limiter.WaitOf(Someone));
        Assert.True(limiter.Fail(Someone));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", "::ffff:192.0.2.8", false)]
    public void Addresses_of_one_customer_count_together(string first, string second, bool together)
    {
        var limiter = new AttemptLimiter(new AccessOptions { MaxFailures = 1 }, _time);
        limiter.Fail(IPAddress.Parse(first));
        Assert.Equal(together, limiter.WaitOf(IPAddress.Parse(second)) > TimeSpan.Zero);
    }

    [Fact]
    public void The_table_is_bounded_and_forgets_who_failed_longest_ago()
    {
        var limiter = new AttemptLimiter(new AccessOptions { MaxFailures = 1, RememberedAddresses = 3 }, _time);
        IPAddress[] addresses = [.. Enumerable.Range(0, 4).Select(i => new IPAddress([10, 0, 0, (byte)i]))];
        limiter.Fail(addresses[0]);
        limiter.Fail(addresses[1]);
        limiter.Fail(addresses[2]);
        limiter.Fail(addresses[0]);
        limiter.Fail(addresses[3]);
        Assert.Equal(3, limiter.Count);
        Assert.Equal([true, false, true, true], addresses.Select(a => limiter.WaitOf(a) > TimeSpan.Zero));
    }
}
