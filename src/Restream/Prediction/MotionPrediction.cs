using VisionStream.Core.Detections;
using VisionStream.Restream.Drawing;

namespace VisionStream.Restream.Prediction;

/// <summary>
/// For one thread. Moves the boxes of the newest result along with their objects until the next result comes: each box is
/// matched with the result before by <see cref="BoxMatch"/>, the surest choosing first, and goes on at constant velocity, counted in the
/// stream's own time. After <see cref="LongestMs"/> a box stands still and fades. Allocates nothing in steady state.
/// </summary>
internal sealed class MotionPrediction
{
    /// <summary>Boxes drawn at most; the surest are kept.</summary>
    public const int MaxBoxes = 200;

    /// <summary>How far into the future a box moves: three results at ten a second. Farther ahead, constant velocity is a guess.</summary>
    public const double LongestMs = 300;

    /// <summary>How long a box that stands still takes to fade away.</summary>
    public const double FadeMs = 700;

    // Results further apart say nothing of velocity.
    private const double LongestGapMs = 1000;

    // Detections jitter by a pixel or two; half of the last velocity is kept to smooth that.
    private const float KeptSpeed = 0.5f;

    private readonly bool[] _taken = new bool[MaxBoxes];
    private Track[] _tracks = new Track[MaxBoxes];
    private Track[] _before = new Track[MaxBoxes];
    private FrameDetections? _newest;
    private double _intervalMs = 100;
    private int _count;

    /// <summary>The result that the boxes come from, if any.</summary>
    public FrameDetections? Newest => _newest;

    /// <summary>Forgets everything: the source has changed.</summary>
    public void Clear()
    {
        _newest = null;
        _count = 0;
    }

    /// <summary>Takes the newest result; one that is known already or older than that of the same session is left alone.</summary>
    public void Observe(FrameDetections result)
    {
        if (ReferenceEquals(result, _newest))
        {
            return;
        }

        var isSequel = _newest is { } last && last.Session.Id == result.Session.Id && last.Width == result.Width && last.Height == result.Height;
        if (isSequel && result.PtsMs <= _newest!.PtsMs && result.Sequence <= _newest.Sequence)
        {
            return;
        }

        var gap = isSequel ? result.PtsMs - _newest!.PtsMs : 0;
        var canFollow = gap is > 0 and <= LongestGapMs;
        (_before, _tracks) = (_tracks, _before);
        var beforeCount = canFollow ? _count : 0;
        _count = Math.Min(result.Detections.Count, MaxBoxes);
        for (var i = 0; i < _count; i++)
        {
            _tracks[i] = new Track(result.Detections[i], default);
        }

        Follow(_before.AsSpan(0, beforeCount), _tracks.AsSpan(0, _count), (float)gap);
        _intervalMs = gap > 0 ? gap : _intervalMs;
        _newest = result;
    }

    /// <summary>Writes the boxes as they are expected at a time of the same session.</summary>
    /// <param name="ptsMs">The presentation time of the picture, in milliseconds as the source counts.</param>
    /// <param name="boxes">At least <see cref="MaxBoxes"/> places; boxes in pixels of the analysed frame.</param>
    /// <returns>How many were written.</returns>
    public int Predict(double ptsMs, Span<Annotation> boxes)
    {
        if (_newest is not { } newest)
        {
            return 0;
        }

        // A picture older than the result (the encoder runs behind) moves the boxes back along the same line.
        var age = ptsMs - newest.PtsMs;
        var ahead = Math.Clamp(age, -LongestMs, LongestMs);
        var standing = age - Math.Max(LongestMs, 2 * _intervalMs);
        var opacity = standing <= 0 ? 1f : (float)(1 - (standing / FadeMs));
        if (opacity <= 0)
        {
            return 0;
        }

        for (var i = 0; i < _count; i++)
        {
            var detection = _tracks[i].Detection;
            boxes[i] = new Annotation(detection.ClassId, detection.Label, detection.Confidence, _tracks[i].After((float)ahead), opacity);
        }

        return _count;
    }

    /// <summary>Pairs old and new boxes and gives the new ones their velocity.</summary>
    private void Follow(Span<Track> before, Span<Track> now, float gapMs)
    {
        var oldTaken = _taken.AsSpan(0, before.Length);
        oldTaken.Clear();

        // Detections come by falling confidence, so that the surest choose first.
        for (var i = 0; i < now.Length; i++)
        {
            var best = -1;
            var bestScore = 0f;
            for (var j = 0; j < before.Length; j++)
            {
                var score = oldTaken[j] ? 0 : BoxMatch.Score(before[j].Detection, now[i].Detection);
                if (score > bestScore)
                {
                    (best, bestScore) = (j, score);
                }
            }

            if (best >= 0)
            {
                oldTaken[best] = true;
                now[i] = now[i] with { Speed = Speed(before[best], now[i].Detection.Box, gapMs) };
            }
        }
    }

    private static BoundingBox Speed(in Track before, in BoundingBox now, float gapMs)
    {
        var old = before.Detection.Box;
        var fresh = new BoundingBox(
            (now.X - old.X) / gapMs, (now.Y - old.Y) / gapMs, (now.Width - old.Width) / gapMs, (now.Height - old.Height) / gapMs);
        if (before.Speed == default)
        {
            return fresh;
        }

        return new BoundingBox(
            Smooth(before.Speed.X, fresh.X), Smooth(before.Speed.Y, fresh.Y),
            Smooth(before.Speed.Width, fresh.Width), Smooth(before.Speed.Height, fresh.Height));

        static float Smooth(float kept, float fresh) => (KeptSpeed * kept) + ((1 - KeptSpeed) * fresh);
    }
}
