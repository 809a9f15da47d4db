using Microsoft.Extensions.Logging;
using VisionStream.LibAv;
using VisionStream.Restream.Encoding;

namespace VisionStream.Tests.Restream.Encoding;

public sealed class H264EncoderTests
{
    private static readonly VideoEncoderOptions Picture = new()
    {
        Encoder = "libx264",
        Width = 320,
        Height = 240,
        TimeBase = new Rational(1, 90_000),
        FrameRate = new Rational(25, 1),
    };

    [Fact]
    public void An_encoder_that_cannot_be_had_is_replaced_and_the_log_says_so()
    {
        var lines = new List<string>();
        using var encoder = H264Encoder.Open(new VideoEncoding { Encoder = "h264_vaapi" }, Picture, new Lines(lines));
        Assert.Equal("libx264", encoder.Name);
        Assert.Contains("h264_vaapi", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_come_out_at_once_and_key_frames_carry_the_parameter_sets()
    {
        using var encoder = H264Encoder.Open(new VideoEncoding(), Picture, new Lines([]));
        using var frame = new Frame();
        using var packet = new Packet();
        frame.AllocateVideo(320, 240, PixelFormat.Yuv420P);
        for (var i = 0; i < 10; i++)
        {
            if (i is 0 or 6)
            {
                encoder.RequestKeyFrame();
            }

            frame.Pts = i * 3600;
            Assert.Equal(SendResult.Accepted, encoder.Send(frame));
            Assert.Equal(ReceiveResult.Received, encoder.Receive(packet));
            Assert.Equal((i * 3600, i * 3600), (packet.Pts, packet.Dts));
            Assert.Equal(i is 0 or 6, packet.IsKey);
            Assert.Equal(packet.IsKey, Units(packet.Data).Contains(7));
            Assert.Equal(packet.IsKey, Units(packet.Data).Contains(8));
        }

        Assert.False(encoder.Parameters.Extradata.IsEmpty);
    }

    /// <summary>The types of the NAL units behind start codes; 7 and 8 are the parameter sets (H.264, table 7-1).</summary>
    private static List<int> Units(ReadOnlySpan<byte> data)
    {
        var types = new List<int>();
        for (var i = 0; i + 3 < data.Length; i++)
        {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)
            {
                types.Add(data[i + 3] & 31);
            }
        }

        return types;
    }

    private sealed class Lines(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
