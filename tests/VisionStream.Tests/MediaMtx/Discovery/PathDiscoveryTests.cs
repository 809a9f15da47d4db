using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Discovery;
using VisionStream.MediaMtx.Naming;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Broadcaster.Connections;

namespace VisionStream.Tests.MediaMtx.Discovery;

/// <summary>Discovery over real HTTP, by a clock that the test moves.</summary>
public sealed class PathDiscoveryTests : IAsyncLifetime
{
    private const string Nobody = """{"itemCount":0,"pageCount":0,"items":[]}""";
    private const string Glasses = """{"itemCount":1,"pageCount":1,"items":[{"name":"live/glasses","ready":true}]}""";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly RecordedLog _log = new();
    private readonly ConcurrentQueue<string> _told = new();
    private volatile string _paths = Nobody;
    private volatile int _status = 200;
    private FakeMediaMtx _server = null!;
    private MediaMtxClient _client = null!;
    private PathDiscovery? _discovery;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeMediaMtx.StartAsync((context, _) => FakeMediaMtx.AnswerAsync(context, _status, Encoding.Latin1.GetBytes(_paths)));
        _client = _server.Client(_time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_discovery is not null)
        {
            await _discovery.DisposeAsync();
        }

        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_publisher_that_appears_is_attached_and_detached_when_it_stays_away()
    {
        Start();
        await LookAsync();
        Assert.Empty(_told);

        _paths = Glasses;
        await LookAsync();
        await ToldAsync("Attach live/glasses");
        Assert.True(_discovery!.IsReachable);
        Assert.Equal("live/glasses", Assert.Single(_discovery.Paths).Name);

        _paths = Nobody;
        await LookAsync();
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses");
        for (var second = 0; second < 119; second++)
        {
            await LookAsync();
        }

        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses");
        await LookAsync();
        await LookAsync();
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses", "Detach live/glasses");
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "<html>")]
    [InlineData(401, "{}")]
    [InlineData(200, """{"items":[{"name":"\ud800"}]}""")]
    [InlineData(200, "{\"items\":[{\"name\":\"\u00ff\"}]}")]
    [InlineData(200, """{"items":[{"name":"live/cam","tracks":["\ud800"]}]}""")]
    [InlineData(200, """{"items":[{"\ud800":"live/cam"}]}""")]
    [InlineData(200, """{"items":[],"items":[]}""")]
    [InlineData(400, """{"error":"\ud800"}""")]
    public async Task An_outage_is_logged_once_and_changes_nothing(int status, string body)
    {
        _paths = Glasses;
        Start();
        await ToldAsync("Attach live/glasses");
        (_status, _paths) = (status, body);
        for (var second = 0; second < 5; second++)
        {
            await LookAsync(TimeSpan.FromSeconds(10));
        }

        Assert.False(_discovery!.IsReachable);
        Assert.Single(_log.At(LogLevel.Warning));
        (_status, _paths) = (200, Nobody);
        await LookAsync(TimeSpan.FromSeconds(200));
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses");
        Assert.Contains(_log.At(LogLevel.Information), l => l.Contains("answers again", StringComparison.Ordinal));

        (_status, _paths) = (status, body);
        await LookAsync();
        await Eventually.BecomesTrue(() => _log.At(LogLevel.Warning).Count == 2, "a second outage is told again");
    }

    [Fact]
    public async Task An_outage_does_not_count_towards_the_hold_of_a_path_whose_publisher_had_left()
    {
        _paths = Glasses;
        Start();
        await ToldAsync("Attach live/glasses");
        _paths = Nobody;
        await LookAsync();
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses");
        _status = 500;
        await PassAsync(TimeSpan.FromSeconds(200));
        (_status, _paths) = (200, Glasses);
        await LookAsync(TimeSpan.FromSeconds(200));
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses", "PublisherReturned live/glasses");

        _paths = Nobody;
        await LookAsync();
        await ToldAsync("Attach live/glasses", "PublisherLeft live/glasses", "PublisherReturned live/glasses", "PublisherLeft live/glasses");
        _status = 500;
        await PassAsync(TimeSpan.FromSeconds(200));
        _status = 200;
        await LookAsync(TimeSpan.FromSeconds(200));
        for (var second = 0; second < 100; second++)
        {
            await LookAsync();
        }

        Assert.Equal(4, _told.Count);
    }

    [Fact]
    public async Task While_nobody_answers_MediaMTX_is_asked_less_often_up_to_every_10_s()
    {
        _status = 500;
        Start();
        double[] pauses = [2, 4, 8, 10, 10];
        foreach (var pause in pauses)
        {
            await IdleAsync();
            _time.Advance(TimeSpan.FromSeconds(pause - 0.5));
            await LookAsync(TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(1 + pauses.Length, _server.Requests.Count);
    }

    [Fact]
    public async Task An_attachment_that_fails_is_logged_once_and_tried_again()
    {
        _paths = Glasses;
        var attempts = 0;
        Start((change, _) => ++attempts < 3 ? throw new InvalidOperationException("There is no model.") : Note(change));
        await Eventually.BecomesTrue(() => attempts == 1, "the first attempt");
        for (var second = 0; second < 75 && attempts < 3; second++)
        {
            await LookAsync();
        }

        await ToldAsync("Attach live/glasses");
        Assert.Equal(3, attempts);
        Assert.Contains("There is no model.", Assert.Single(_log.At(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_look_meets_is_told_once_and_the_end_is_clean()
    {
        Start();
        await LookAsync();
        _client.Dispose();
        for (var look = 1; look <= 3; look++)
        {
            var ended = _time.Changes;
            _time.Advance(TimeSpan.FromSeconds(10));
            await Eventually.BecomesTrue(() => _time.Changes > ended, "the look ends");
        }

        Assert.False(_discovery!.IsReachable);
        await _discovery.DisposeAsync();
        Assert.Contains("asked again", Assert.Single(_log.At(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_ends_a_decision_that_is_under_way()
    {
        _paths = Glasses;
        var entered = new TaskCompletionSource();
        Start(async (_, cancel) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancel);
        });
        await entered.Task;
        await _discovery!.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(_discovery.Start);
    }

    private void Start(Func<PathChange, CancellationToken, ValueTask>? decide = null)
    {
        var options = new DiscoveryOptions { Rules = [new PathRule(NamePattern.Any, "default")] };
        _discovery = new PathDiscovery(_client, options, decide ?? ((c, _) => Note(c)), _time, LoggerFactory.Create(b => b.AddProvider(_log)).CreateLogger<PathDiscovery>());
        _discovery.Start();
    }

    private ValueTask Note(PathChange change)
    {
        _told.Enqueue($"{change.Kind} {change.Name}");
        return ValueTask.CompletedTask;
    }

    // Until the next look, which has to come within this time.
    private async Task LookAsync(TimeSpan? within = null)
    {
        await IdleAsync();
        var left = within ?? TimeSpan.FromSeconds(1);
        while (!await StepAsync(left < Second ? left : Second))
        {
            left -= Second;
            Assert.True(left > TimeSpan.Zero, $"no look was due within {within ?? Second}");
        }
    }

    private async Task PassAsync(TimeSpan time)
    {
        await IdleAsync();
        for (var left = time; left > TimeSpan.Zero; left -= Second)
        {
            await StepAsync(left < Second ? left : Second);
        }
    }

    // No more than one look is due in a step, and it ends before the next step: a tick never waits while the test goes on.
    private async Task<bool> StepAsync(TimeSpan step)
    {
        var (fired, asked) = (_time.Fired, _server.Requests.Count);
        _time.Advance(step);
        if (_time.Fired == fired)
        {
            return false;
        }

        await Eventually.BecomesTrue(() => _server.Requests.Count > asked, "MediaMTX is asked");
        await IdleAsync();
        return true;
    }

    // Each look ends with a period for the timer, after its request and the deadline of that are over.
    private Task IdleAsync() => Eventually.BecomesTrue(
        () => _server.Requests.Count > 0 && _time.Changes == _server.Requests.Count && _time.Timers == 1, "the look ends");

    private async Task ToldAsync(params string[] expected)
    {
        await Eventually.BecomesTrue(() => _told.Count >= expected.Length, string.Join(", ", expected));
        Assert.Equal(expected, _told);
    }
}
