using System.Globalization;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Restream.Annotate;

/// <summary>For one thread. Writes the lines of text that are laid over the picture, without allocating.</summary>
/// <param name="stream">The stream's name.</param>
/// <param name="time">The clock, whose time zone is the one shown.</param>
internal sealed class InformationLine(StreamName stream, TimeProvider time)
{
    private readonly char[] _text = new char[StreamName.MaxLength + 80];

    /// <summary>Name, date and time, and what detection does: <c>live/glasses  2026-11-21 10:00:00  10.0/s  34 ms</c>.</summary>
    /// <param name="newest">The newest result, if there is one.</param>
    /// <param name="rate">Results a second.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<char> Describe(FrameDetections? newest, double rate)
    {
        var now = Local(time.GetUtcNow());
        var culture = CultureInfo.InvariantCulture;

        // Formatting dates and fractions allocates; whole numbers do not.
        var tenths = (int)Math.Round(rate * 10);
        var latency = (int)Math.Min(Math.Round(newest?.Latency.Total ?? 0), 999_999);
        _ = _text.AsSpan().TryWrite(
            culture,
            $"{stream.Value}  {now.Year:D4}-{now.Month:D2}-{now.Day:D2} {now.Hour:D2}:{now.Minute:D2}:{now.Second:D2}  ",
            out var start);
        int written;
        var fits = newest is null
            ? _text.AsSpan(start).TryWrite(culture, $"no detections yet", out written)
            : _text.AsSpan(start).TryWrite(culture, $"{tenths / 10}.{tenths % 10}/s  {latency} ms", out written);
        return Written(fits, start + written);
    }

    /// <summary>What is said while the source is away.</summary>
    /// <param name="since">When its last frame came.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<char> NoSignal(DateTimeOffset since)
    {
        var at = Local(since);
        var fits = _text.AsSpan().TryWrite(
            CultureInfo.InvariantCulture, $"no signal since {at.Hour:D2}:{at.Minute:D2}:{at.Second:D2}", out var written);
        return Written(fits, written);
    }

    private DateTime Local(DateTimeOffset at) => at.UtcDateTime + time.LocalTimeZone.GetUtcOffset(at);

    // The longest name leaves 80 characters, more than the rest of either line can need.
    private ReadOnlySpan<char> Written(bool fits, int written) => fits ? _text.AsSpan(0, written) : stream.Value;
}
