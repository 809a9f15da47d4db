using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using VisionStream.Core.Audio;
using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.LibAv;

namespace VisionStream.Ingest.Sound;

/// <summary>
/// For the ingest's thread. Copies the coded sound of a source into its stream's ring, on the time line of its frames; whatever is
/// wrong with it costs the sound and never a picture. Lives as long as the stream, across visits. Allocates nothing per packet.
/// </summary>
internal sealed class SoundTap(LiveStream stream, ILogger logger)
{
    private const string Aac = "aac";

    // A codec's header comes with the first packet or not at all; a few more are no loss.
    private const int LongestWait = 50;

    // What readers can describe to a muxer and a decoder.
    private static readonly string[] Codecs = [Aac, "opus", "mp3", "pcm_alaw", "pcm_mulaw"];

    private StreamSession? _session;
    private Demuxer? _demuxer;
    private int? _index;
    private string _codec = "";
    private AudioFormat? _format;
    private string? _complainedOf;
    private ushort _adts;
    private int _undescribed;
    private long _next;

    /// <summary>Whether somebody wants the sound, so that a source that has to be asked for it shall be.</summary>
    public bool IsWanted => stream.Audio.IsWanted;

    // Looked up each time: whoever refreshes it disposes the one before.
    private StreamInfo Sound => _demuxer!.Streams[_index!.Value];

    /// <summary>Whether a stream of the source is the one whose packets are taken.</summary>
    public bool Takes(int streamIndex) => streamIndex == _index;

    /// <summary>A source was opened, for the first time in a session or to begin again.</summary>
    /// <param name="session">The publisher's visit.</param>
    /// <param name="demuxer">The source.</param>
    /// <param name="isUnasked">Whether it gives its sound only when asked, and was not.</param>
    public void Begin(StreamSession session, Demuxer demuxer, bool isUnasked)
    {
        (_session, _demuxer, _index, _adts, _undescribed, _next) = (session, demuxer, null, 0, 0, Packet.NoPts);
        if (_format?.Session.Id != session.Id)
        {
            // The sound of the publisher before is none of this one's.
            _format = stream.Audio.Format = null;
        }

        stream.Audio.IsExpected = false;
        if (!isUnasked)
        {
            // What an RTSP server describes is known at once, and who waits for its sound shall not be told in between that there is none.
            Choose();
        }

        stream.Audio.IsUnasked = isUnasked;
    }

    /// <summary>The demuxer knows other streams than before: finds the first with sound that can be passed on.</summary>
    public void Choose()
    {
        foreach (var candidate in _demuxer!.Streams)
        {
            if (_index is null && candidate.Kind == MediaKind.Audio)
            {
                if (Codecs.Contains(candidate.CodecName))
                {
                    (_index, _codec) = (candidate.Index, candidate.CodecName);
                    stream.Audio.IsExpected = _format is null;
                }
                else if (_complainedOf != candidate.CodecName)
                {
                    _complainedOf = candidate.CodecName;
                    Log.UnknownSound(logger, stream.Name, candidate.CodecName);
                }
            }
        }
    }

    /// <summary>Describes the sound as far as it is known, which has to be done before the first frame of a session.</summary>
    public void Announce()
    {
        if (_index is not { } index || _format is not null)
        {
            return;
        }

        // Only now have all formats seen the codec's header.
        var parameters = _demuxer!.Refresh(index).Parameters;
        Announce(parameters.Extradata, parameters.SampleRate, parameters.Channels);
    }

    /// <summary>Takes a packet of the sound.</summary>
    /// <param name="packet">A packet of the stream that <see cref="Takes"/> names.</param>
    /// <param name="offsetMicroseconds">What the frames' times are moved by, against the source's own.</param>
    public void Take(Packet packet, long offsetMicroseconds)
    {
        var header = 0;
        if (packet.NewExtradata is { Length: > 0 } changed)
        {
            Announce(changed, 0, 0);
        }
        else if (_codec == Aac && Sound.Parameters.Extradata.IsEmpty && AacConfiguration.TryReadAdts(packet.Data, out var adts, out header))
        {
            Follow(adts);
        }
        else
        {
            Announce();
        }

        if (_format is null)
        {
            GiveUpInTime();
            return;
        }

        var duration = DurationOf(packet);
        var time = TimeOf(packet);
        _next = time == Packet.NoPts ? Packet.NoPts : time + duration;
        if (IsWanted && time != Packet.NoPts && !packet.IsCorrupt && packet.Size - header is > 0 and <= AudioRing.MaxPacketSize)
        {
            _ = stream.Audio.Write(packet.Data[header..], time + offsetMicroseconds, duration);
        }
    }

    /// <summary>Whether this is what readers know: senders repeat their headers, and whoever decodes begins afresh with a new format.</summary>
    private bool IsAnnounced(ReadOnlySpan<byte> codecData, int rate, int channels) => _format is { } known
        && known.Session == _session
        && (known.Codec, known.SampleRate, known.Channels) == (_codec, rate, channels)
        && known.CodecData.Span.SequenceEqual(codecData);

    private long DurationOf(Packet packet) =>
        packet.Duration > 0 ? Sound.TimeBase.Rescale(packet.Duration, Rational.Microseconds)
        : _codec == Aac ? AacConfiguration.SamplesPerPacket * 1_000_000L / _format!.SampleRate
        : 0;

    /// <summary>A transport stream gives the time of the first of several packets only; the others follow on it.</summary>
    private long TimeOf(Packet packet)
    {
        var time = packet.Pts == Packet.NoPts ? packet.Dts : packet.Pts;
        return time == Packet.NoPts ? _next : Sound.TimeBase.Rescale(time, Rational.Microseconds);
    }

    private void GiveUpInTime()
    {
        if (++_undescribed == LongestWait)
        {
            Log.UndescribedSound(logger, stream.Name, _codec);
            _index = null;
            stream.Audio.IsExpected = false;
        }
    }

    private void Follow(ushort adts)
    {
        if (adts != _adts || _format is null)
        {
            _adts = adts;
            Span<byte> configuration = stackalloc byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16BigEndian(configuration, adts);
            Announce(configuration, 0, 0);
        }
    }

    private void Announce(ReadOnlySpan<byte> codecData, int rate, int channels)
    {
        if (_codec == Aac)
        {
            if (codecData.IsEmpty)
            {
                return;
            }

            // What the configuration says is what is played; containers have been seen to say 44.1 kHz and two channels of all AAC.
            if (AacConfiguration.TryRead(codecData, out var configuredRate, out var configuredChannels))
            {
                (rate, channels) = (configuredRate, configuredChannels);
            }
        }

        rate = rate > 0 ? rate : Sound.Parameters.SampleRate;
        channels = channels > 0 ? channels : Sound.Parameters.Channels;
        if (rate > 0 && channels > 0 && !IsAnnounced(codecData, rate, channels))
        {
            _format = new AudioFormat(_session!, _codec, rate, channels, Sound.Parameters.FrameSize, codecData.ToArray());
            stream.Audio.Format = _format;
            stream.Audio.IsExpected = false;
        }
    }
}
