using VisionStream.Core.Audio;
using VisionStream.Core.Streams;
using VisionStream.LibAv;
using VisionStream.Restream.Sound;

namespace VisionStream.Tests.Restream.Sound;

public sealed class SoundHeaderTests
{
    private static readonly StreamSession Session = new("01A", DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("aac", 44_100, 1, new byte[] { 0x12, 0x08 })]
    [InlineData("aac", 48_000, 2, new byte[] { 0x11, 0x90 })]
    [InlineData("opus", 48_000, 2, new byte[0])]
    [InlineData("mp3", 44_100, 2, new byte[0])]
    [InlineData("pcm_alaw", 8_000, 1, new byte[0])]
    [InlineData("pcm_mulaw", 8_000, 1, new byte[0])]
    public void Codecs_are_described_so_that_libav_knows_them_and_decodes_them(string codec, int rate, int channels, byte[] data)
    {
        using var header = SoundHeader.Open(new AudioFormat(Session, codec, rate, channels, 0, data));
        var parameters = header.Audio!.Parameters;
        Assert.Equal((codec, rate, channels), (parameters.CodecName, parameters.SampleRate, parameters.Channels));
        if (data.Length > 0)
        {
            Assert.Equal(data, parameters.Extradata[..data.Length].ToArray());
        }

        using var decoder = AudioDecoder.Open(header.Audio);
        Assert.NotEmpty(decoder.Name);
    }

    [Theory]
    [InlineData("aac", "configuration")]
    [InlineData("vorbis", "vorbis")]
    public void What_cannot_be_described_is_said(string codec, string part)
    {
        var e = Assert.Throws<LibAvException>(() => SoundHeader.Open(new AudioFormat(Session, codec, 48_000, 1, 0, default)));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }
}
