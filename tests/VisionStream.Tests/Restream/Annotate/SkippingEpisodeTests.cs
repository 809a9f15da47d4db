using VisionStream.Restream.Annotate;
using VisionStream.Tests.Ingest;

namespace VisionStream.Tests.Restream.Annotate;

public sealed class SkippingEpisodeTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    private readonly ManualTime _time = new();
    private readonly SkippingEpisode _episode;
    private long _skipped;

    public SkippingEpisodeTests() => _episode = new SkippingEpisode(_time);

    [Fact]
    public void Minutes_at_the_limit_are_one_episode_though_most_frames_follow_each_other()
    {
        Assert.Equal(0, Episodes(1, skippedEach: 0));
        Assert.Equal(1, Enumerable.Range(0, 300).Sum(_ => Episodes(5, skippedEach: 0) + Episodes(1, skippedEach: 3)));
    }

    [Fact]
    public void After_a_calm_time_another_one_begins()
    {
        Episodes(1, skippedEach: 0);
        Assert.Equal(1, Episodes(1, skippedEach: 2));
        var calm = (int)(SkippingEpisode.Calm / Frame);
        Episodes(calm - 2, skippedEach: 0);
        Assert.Equal(0, Episodes(1, skippedEach: 2));
        Episodes(calm, skippedEach: 0);
        Assert.Equal(1, Episodes(1, skippedEach: 2));
    }

    [Fact]
    public void What_was_missed_while_there_was_no_target_is_none()
    {
        Assert.Equal(0, Episodes(1, skippedEach: 50));
        _episode.Rebase();
        Assert.Equal(0, Episodes(1, skippedEach: 50));
        Assert.Equal(1, Episodes(1, skippedEach: 1));
    }

    private int Episodes(int frames, int skippedEach)
    {
        var begun = 0;
        for (var i = 0; i < frames; i++)
        {
            _time.Advance(Frame);
            _skipped += skippedEach;
            begun += _episode.Begins(_skipped) ? 1 : 0;
        }

        return begun;
    }
}
