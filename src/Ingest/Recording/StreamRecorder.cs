using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>
/// Public members are safe from any thread, the others belong to the ingest's. Records what a stream's source sends, packets copied
/// and not coded again: pictures, and sound where the source sends it unasked (RTSP does not). The ingest never waits for it; while
/// nothing is recorded it costs one look at a packet.
/// </summary>
public sealed class StreamRecorder
{
    private readonly Lock _gate = new();
    private readonly StreamName _name;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PictureCoding _coding = new();
    private volatile RecordingRun? _run;
    private string? _codec;
    private long _visits;

    internal StreamRecorder(StreamName name, TimeProvider time, ILogger logger) => (_name, _time, _logger) = (name, time, logger);

    /// <summary>What is being recorded, or was last.</summary>
    public RecordingStatus Status => _run?.Status ?? RecordingStatus.Never;

    /// <summary>Whether packets are wanted.</summary>
    internal bool IsOn => _run is { IsOpen: true };

    /// <summary>Starts recording with the next key picture; a new file begins whenever the source comes back, its pictures
    /// are coded otherwise (another size, for example), and every hour.</summary>
    /// <param name="folder">Where the files go, named by time; made if need be.</param>
    /// <returns>False when it is recorded already.</returns>
    public bool Start(string folder)
    {
        lock (_gate)
        {
            if (IsOn)
            {
                return false;
            }

            _run = new RecordingRun(_name, folder, _time, _logger);
            return true;
        }
    }

    /// <summary>Stops recording; when this ends the file is complete. Harmless when nothing is recorded.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            return _run?.StopAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>The source has been opened, or opened again: the packets from now on are of other tracks.</summary>
    internal void Opened()
    {
        _visits++;
        _codec = null;
        _coding.Begin();
    }

    /// <summary>Takes a packet of the pictures or of another stream.</summary>
    /// <param name="packet">The packet; the recorder makes a reference of its own.</param>
    /// <param name="demuxer">Where it comes from.</param>
    /// <param name="pictures">Index of the pictures.</param>
    internal void Offer(Packet packet, Demuxer demuxer, int pictures)
    {
        // Also while nothing is recorded: what is told once has to be known by whatever starts later.
        var isKey = packet.StreamIndex == pictures && packet.IsKey;
        var isOther = isKey && IsCodedOtherwise(packet, demuxer.Streams[pictures]);
        if (_run is not { IsOpen: true } run)
        {
            return;
        }

        if (run.VisitNumber != _visits || isOther)
        {
            if (!isKey || !run.Begin(_visits, TracksOf(packet, demuxer, pictures)))
            {
                return;
            }
        }

        if (run.Has(packet.StreamIndex))
        {
            run.Offer(packet);
        }
    }

    // The name is kept for the visit: asking for it makes a string, and key pictures may be all there are.
    private bool IsCodedOtherwise(Packet key, StreamInfo pictures) =>
        _coding.IsChangedBy(key, _codec ??= pictures.CodecName, pictures.Parameters.Extradata, looksInside: IsOn);

    // By the first key picture every header has been seen, the sound's too where it comes at all. The pictures were looked at anew when
    // their decoder was opened, which goes on using what was found.
    private List<RecordedTrack> TracksOf(Packet key, Demuxer demuxer, int pictures)
    {
        List<RecordedTrack> tracks = [RecordedTrack.Of(demuxer.Streams[pictures], key, _coding.Header)];
        if (demuxer.Audio is { } audio && demuxer.Refresh(audio.Index) is var sound && RecordedTrack.Takes(sound))
        {
            tracks.Add(RecordedTrack.Of(sound, key: null));
        }

        return tracks;
    }
}
