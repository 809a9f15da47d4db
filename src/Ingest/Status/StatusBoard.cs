using Microsoft.Extensions.Logging;
using VisionStream.Core.Detections;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;

namespace VisionStream.Ingest.Status;

/// <summary>
/// For the ingest's thread. Tells the feed each change of a stream's state once, and the log once an episode: a source that stays
/// away for a night is one warning and one line when it is back.
/// </summary>
internal sealed class StatusBoard(StreamName stream, DetectionFeed feed, TimeProvider time, ILogger logger)
{
    private const string Arriving = "Frames arrive.";

    private StreamStatus? _latest;
    private FrameFormat _format;
    private bool _isAway;
    private int _attempts;

    /// <summary>The source is opened for the first time.</summary>
    public void Opening(string source, bool isListening)
    {
        Log.Opening(logger, stream, source);
        Publish(StreamState.Offline, isListening ? $"Waiting for a publisher at {source}." : $"Opening {source}.", null);
    }

    /// <summary>The first sound frame of a visit is in the ring, or one that differs from those before it.</summary>
    public void FramesArrive(StreamSession session, in FrameFormat format, string codec)
    {
        var isKnown = _format.Width > 0;
        var isChanged = isKnown && (format.Width, format.Height, format.Layout) != (_format.Width, _format.Height, _format.Layout);
        var isNewSession = _latest?.Session != session.Id || _latest.State != StreamState.Online;
        if (_isAway)
        {
            Log.Recovered(logger, stream, _attempts);
            (_isAway, _attempts) = (false, 0);
        }

        var before = _format;
        _format = format;
        if (isNewSession)
        {
            Log.Online(logger, stream, codec, format.Width, format.Height, format.Layout.ToString(), session.Id);
        }
        else if (isChanged)
        {
            Log.FormatChanged(logger, stream, format.Width, format.Height, format.Layout.ToString());
        }

        if (isChanged)
        {
            Publish(
                StreamState.ResolutionChanged,
                $"Frames were {before.Width}x{before.Height} {before.Layout} and are now {format.Width}x{format.Height} {format.Layout}.",
                session.Id);
        }

        Publish(StreamState.Online, Arriving, session.Id);
    }

    /// <summary>Packets are damaged: no frames until decoding starts afresh. Told only while frames arrive.</summary>
    public void Damaged()
    {
        if (_latest is { State: StreamState.Online } latest)
        {
            Publish(StreamState.Online, "What arrives is damaged; no frame until the next key frame.", latest.Session);
        }
    }

    /// <summary>Decoding has started afresh after damage.</summary>
    public void Mended()
    {
        if (_latest is { State: StreamState.Online } latest)
        {
            Publish(StreamState.Online, Arriving, latest.Session);
        }
    }

    /// <summary>The source is away and is tried again.</summary>
    public void Lost(string reason)
    {
        _attempts++;
        if (_isAway)
        {
            Log.StillLost(logger, stream, _attempts, reason);
        }
        else
        {
            _isAway = true;
            Log.Lost(logger, stream, reason);
        }

        Publish(StreamState.Reconnecting, reason, _latest?.Session);
    }

    /// <summary>The source is there and is opened again all the same.</summary>
    public void OpenedAgain(string reason)
    {
        Log.OpenedAgain(logger, stream, reason);
        Publish(StreamState.Reconnecting, reason, _latest?.Session);
    }

    /// <summary>The source cannot be used; told again only with another reason.</summary>
    public void Unusable(string reason)
    {
        if (_latest?.State != StreamState.Error || _latest.Reason != reason)
        {
            Log.Unusable(logger, stream, reason);
        }

        Publish(StreamState.Error, reason, _latest?.Session);
    }

    /// <summary>The source ended or was stopped.</summary>
    public void Ended(string reason)
    {
        Log.Ended(logger, stream, reason);
        Publish(StreamState.Offline, reason, _latest?.Session);
    }

    private void Publish(StreamState state, string reason, string? session)
    {
        if (_latest is { } latest && (latest.State, latest.Reason, latest.Session, latest.Width, latest.Height) == (state, reason, session, _format.Width, _format.Height))
        {
            return;
        }

        _latest = new StreamStatus(stream, state, reason, time.GetUtcNow()) { Session = session, Width = _format.Width, Height = _format.Height };
        try
        {
            feed.Publish(_latest);
        }
        catch (AggregateException e)
        {
            // Somebody else's mistake must not end the stream.
            Log.SubscriberFailed(logger, stream, e);
        }
    }
}
