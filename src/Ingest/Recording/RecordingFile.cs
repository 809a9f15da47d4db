using System.Globalization;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Recording;

/// <summary>
/// For one thread. One file: fragmented MP4 whose packets are those of the source. A fragment is on its way to the disk once it is a
/// second old, so that whatever ends the process loses a second at most.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    // At ten pictures a second a fragment that is cut at the first picture from here on has at most one second.
    private const long FragmentMicroseconds = 900_000;

    // Where a source tells no decoding times, a picture may be shown that much later than it is decoded: five pictures at 25 a second.
    private static readonly TimeSpan Reordering = TimeSpan.FromMilliseconds(200);

    private readonly Muxer _muxer;
    private readonly IReadOnlyList<RecordedTrack> _tracks;
    private readonly long[] _offsets;
    private readonly long[] _last;

    private RecordingFile(string path, Muxer muxer, IReadOnlyList<RecordedTrack> tracks, long[] offsets)
    {
        (Path, _muxer, _tracks, _offsets) = (path, muxer, tracks, offsets);
        _last = [.. tracks.Select(t => -TimeSpanIn(t.TimeBase, Reordering) - 1)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes a file that is named by the time, in the next free millisecond; an empty file there is taken for one that failed.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="now">The time for its name.</param>
    /// <param name="tracks">What it holds, the pictures first; they stay the caller's and outlive the file.</param>
    /// <param name="first">The key picture that it begins with; its time is zero.</param>
    /// <exception cref="LibAvException">It cannot be made.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public static RecordingFile Create(string folder, DateTimeOffset now, IReadOnlyList<RecordedTrack> tracks, Packet first)
    {
        Directory.CreateDirectory(folder);
        tracks[0].FindSize(first);
        string path;
        do
        {
            path = System.IO.Path.Combine(folder, NameOf(now));
            now += TimeSpan.FromMilliseconds(1);
        }
        while (new FileInfo(path) is { Exists: true, Length: > 0 });

        var muxer = Muxer.Open("file:" + path, new MuxerOptions
        {
            Format = "mp4",
            Options = MediaOptions.None
                // The header comes with the first fragment: only then has every filter of libav's own seen a packet.
                .With("movflags", "frag_keyframe+delay_moov+default_base_moof")
                .With("frag_duration", FragmentMicroseconds)
                .With("flush_packets", 1),
        });
        try
        {
            foreach (var track in tracks)
            {
                _ = muxer.AddStream(track.Parameters, track.TimeBase, track.FrameRate);
            }

            muxer.WriteHeader();
            var start = TimeOf(first);
            return new RecordingFile(path, muxer, tracks, [.. tracks.Select(t => tracks[0].TimeBase.Rescale(start, t.TimeBase))]);
        }
        catch
        {
            muxer.Dispose();
            throw;
        }
    }

    /// <summary>The name of a file that begins at a time, for example <c>2026-11-21_10-00-00-123.mp4</c>, in UTC.</summary>
    public static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd_HH-mm-ss-fff", CultureInfo.InvariantCulture) + ".mp4";

    /// <summary>A packet's place in the order of its stream, or <see cref="Packet.NoPts"/>.</summary>
    public static long TimeOf(Packet packet) => packet.Dts != Packet.NoPts ? packet.Dts : packet.Pts;

    /// <summary>Writes a packet of one of the tracks; it is empty afterwards. False when it has no place: no time, or one to be shown before what is decoded already.</summary>
    /// <exception cref="LibAvException">The disk is full, for example.</exception>
    public bool Write(Packet packet)
    {
        var track = 0;
        while (_tracks[track].SourceIndex != packet.StreamIndex)
        {
            track++;
        }

        if (packet.Size == 0 || TimeOf(packet) == Packet.NoPts)
        {
            return false;
        }

        var offset = _offsets[track];
        var shown = packet.Pts == Packet.NoPts ? packet.Dts - offset : packet.Pts - offset;
        var time = packet.Dts == Packet.NoPts ? shown - TimeSpanIn(_tracks[track].TimeBase, Reordering) : packet.Dts - offset;

        // Sound from before the first picture.
        if (shown < 0)
        {
            return false;
        }

        time = Math.Max(time, _last[track] + 1);
        if (time > shown)
        {
            return false;
        }

        if (_tracks[track].IsAdts)
        {
            Adts.Strip(packet);
        }

        (packet.Dts, packet.Pts, packet.StreamIndex) = (time, shown, track);
        _last[track] = time;
        _ = _muxer.Write(packet);
        return true;
    }

    private static long TimeSpanIn(Rational timeBase, TimeSpan span) => Rational.Microseconds.Rescale((long)span.TotalMicroseconds, timeBase);

    /// <summary>Writes the end.</summary>
    /// <exception cref="LibAvException">The disk is full, for example; all fragments before this are there.</exception>
    public void Finish() => _muxer.Finish();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _muxer.Dispose();
}
