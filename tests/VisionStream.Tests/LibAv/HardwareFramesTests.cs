using VisionStream.LibAv;
using VisionStream.LibAv.Native;

namespace VisionStream.Tests.LibAv;

public sealed unsafe class HardwareFramesTests
{
    private const int Width = 320;
    private const int Height = 240;

    // Kinds that may be there without hardware; VA-API needs a graphics card. Mesa's lavapipe is Vulkan in software.
    private static readonly string[] Kinds = ["vulkan", "vaapi"];

    [Theory]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.Yuv420P)]
    public void A_picture_comes_back_from_a_device_as_it_went_there(PixelFormat format)
    {
        using var device = OpenAny();
        using var picture = Ramp(format);
        picture.Pts = 4711;
        var surface = device.Upload(picture);
        Assert.Equal((Width, Height, device.Format, 4711L), (surface->width, surface->height, surface->format, surface->pts));

        using var back = new Frame();
        back.AllocateVideo(Width, Height, PixelFormat.Nv12);
        Assert.Equal(0, HardwareFunctions.av_hwframe_transfer_data(back.Native, surface, 0));
        for (var y = 0; y < Height; y++)
        {
            Assert.True(picture.Plane(0).Slice(y * picture.Stride(0), Width).SequenceEqual(back.Plane(0).Slice(y * back.Stride(0), Width)), $"Row {y} differs.");
        }

        Assert.Equal((200, 90), (back.Plane(1)[0], back.Plane(1)[1]));
    }

    [Fact]
    public void Room_is_taken_again_for_one_picture_after_another()
    {
        using var device = OpenAny();
        using var picture = Ramp(PixelFormat.Yuv420P);
        for (var i = 0; i < 50; i++)
        {
            picture.Pts = i;
            Assert.Equal(i, device.Upload(picture)->pts);
        }
    }

    [Fact]
    public void Another_format_is_refused_with_a_sentence()
    {
        using var device = OpenAny();
        using var picture = Ramp(PixelFormat.Yuv444P);
        var error = Assert.Throws<LibAvException>(() => _ = (nint)device.Upload(picture));
        Assert.Equal("Pictures are brought to a device as NV12 or Yuv420P, not as yuv444p.", error.Message);
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_refused_with_a_sentence()
    {
        var error = Assert.Throws<LibAvException>(() => HardwareFrames.Open("abacus", Width, Height));
        Assert.Equal((LibAvError.Unsupported, "This FFmpeg knows no devices of kind abacus."), (error.Error, error.Message));
    }

    [Fact]
    public void An_encoder_whose_device_is_not_there_says_which()
    {
        Assert.SkipWhen(Directory.Exists("/dev/dri"), "This machine may have a graphics card.");
        var error = Assert.Throws<LibAvException>(() => VideoEncoder.Open(new VideoEncoderOptions
        {
            Encoder = "h264_vaapi",
            Width = Width,
            Height = Height,
            TimeBase = new Rational(1, 25),
            Device = "vaapi",
        }));
        Assert.Contains("Opening a device of kind vaapi failed", error.Message, StringComparison.Ordinal);
    }

    private static HardwareFrames OpenAny()
    {
        var reasons = new List<string>();
        foreach (var kind in Kinds)
        {
            try
            {
                return HardwareFrames.Open(kind, Width, Height);
            }
            catch (LibAvException e)
            {
                reasons.Add(e.Message);
            }
        }

        Assert.Skip($"No device keeps pictures here: {string.Join(' ', reasons)}");
        return null!;
    }

    private static Frame Ramp(PixelFormat format)
    {
        var picture = new Frame();
        picture.AllocateVideo(Width, Height, format);
        var luma = picture.WritablePlane(0);
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)((i % picture.Stride(0)) + (i / picture.Stride(0)));
        }

        for (var plane = 1; plane < picture.PlaneCount; plane++)
        {
            var chroma = picture.WritablePlane(plane);
            for (var i = 0; i < chroma.Length; i++)
            {
                chroma[i] = format == PixelFormat.Nv12 ? i % 2 == 0 ? (byte)200 : (byte)90 : plane == 1 ? (byte)200 : (byte)90;
            }
        }

        return picture;
    }
}
