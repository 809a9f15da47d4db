using System.Runtime.InteropServices;
using VisionStream.LibAv;

namespace VisionStream.Tests.Restream.Annotate;

/// <summary>Silence with a loud tone from a known moment on, coded as AAC; and the search for that moment in what was recorded.</summary>
internal static class BurstOfSound
{
    public const int SampleRate = 48_000;

    /// <summary>The packets with their times in seconds, and the codec's configuration.</summary>
    public static (List<(byte[] Data, double Seconds)> Packets, byte[] CodecData) Make(double seconds, double burstAt)
    {
        using var encoder = AudioEncoder.Open(new AudioEncoderOptions { Encoder = "aac", SampleRate = SampleRate, Channels = 1, GlobalHeader = true });
        using var samples = new Frame();
        using var packet = new Packet();
        var packets = new List<(byte[], double)>();
        var total = (int)(seconds * SampleRate);
        for (var start = 0; start < total; start += encoder.RunLength)
        {
            samples.AllocateAudio(encoder.RunLength, SampleRate, 1, encoder.SampleFormat);
            samples.Pts = start;
            var values = MemoryMarshal.Cast<byte, float>(samples.WritableSamples(0));
            for (var i = 0; i < values.Length; i++)
            {
                var at = (start + i) / (double)SampleRate;
                values[i] = at < burstAt ? 0 : (float)(0.5 * Math.Sin(2 * Math.PI * 1000 * at));
            }

            Assert.Equal(SendResult.Accepted, encoder.Send(samples));
            while (encoder.Receive(packet) == ReceiveResult.Received)
            {
                packets.Add((packet.Data.ToArray(), packet.Pts / (double)SampleRate));
            }
        }

        return (packets, encoder.Parameters.Extradata.ToArray());
    }

    /// <summary>The recorded sound: codec, packet times in seconds, and when it becomes loud.</summary>
    public static (string Codec, List<double> Times, double? LoudAt) Read(string url)
    {
        using var demuxer = Demuxer.Open(url);
        var stream = demuxer.Audio!;
        using var decoder = AudioDecoder.Open(stream);
        using var resampler = new Resampler(SampleFormat.Flt, SampleRate, 1, stream.TimeBase);
        using var packet = new Packet();
        using var decoded = new Frame();
        using var samples = new Frame();
        var times = new List<double>();
        double? loudAt = null;
        while (demuxer.Read(packet) == ReadResult.Packet)
        {
            if (packet.StreamIndex != stream.Index)
            {
                continue;
            }

            times.Add(packet.Pts * stream.TimeBase.Value);
            Assert.Equal(SendResult.Accepted, decoder.Send(packet));
            while (decoder.Receive(decoded) == ReceiveResult.Received)
            {
                if (resampler.Convert(decoded, samples) && loudAt is null)
                {
                    loudAt = FirstLoud(samples);
                }
            }
        }

        return (stream.CodecName, times, loudAt);
    }

    private static double? FirstLoud(Frame samples)
    {
        var values = MemoryMarshal.Cast<byte, float>(samples.Samples(0));
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) > 0.2)
            {
                return (samples.Pts + i) / (double)SampleRate;
            }
        }

        return null;
    }
}
