using VisionStream.Core.Frames;
using VisionStream.Core.Streams;
using VisionStream.Host.Demo;

namespace VisionStream.Tests.Host.Demo;

public sealed class DemoSceneTests
{
    [Fact]
    public void A_picture_is_computed_from_its_time_alone()
    {
        var scene = new DemoScene();
        var first = Luma(scene, 3.2);
        var later = Luma(scene, 4.2);

        Assert.Equal(first, Luma(scene, 3.2));
        Assert.Equal(first, Luma(new DemoScene(), 3.2));
        Assert.True(first.Zip(later).Count(p => Math.Abs(p.First - p.Second) > 20) > 5000, "a second later a good part of the picture has changed");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17.3)]
    [InlineData(86_400.5)]
    public void Every_time_has_its_picture(double seconds)
    {
        var luma = Luma(new DemoScene(), seconds);

        // Limited range, dark ink and light paper, by the day's end too.
        Assert.InRange(luma.Max(), (byte)200, (byte)235);
        Assert.InRange(luma.Min(), (byte)16, (byte)45);
    }

    [Fact]
    public void Laying_a_texture_and_turning_it_by_almost_nothing_give_the_same_picture()
    {
        var texture = ParcelArt.WithQrCode();
        var centre = new Placement(300 + (texture.Width / 2f), 100 + (texture.Height / 2f), 0, 1);
        var laid = Painted(texture, centre);
        var turned = Painted(texture, centre with { Angle = 1e-7f });

        Assert.All(laid.Zip(turned), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.Contains(laid, sample => sample != 0);
    }

    [Theory]
    [InlineData(-500, 240)]
    [InlineData(0, 0)]
    [InlineData(853, 479)]
    [InlineData(400, 2000)]
    public void What_lies_outside_is_left_out(float x, float y)
    {
        var texture = SignArt.StopSign();

        Assert.Equal(DemoScene.Width * DemoScene.Height, Painted(texture, new Placement(x, y, 0.7f, 1.3f)).Length);
        Assert.Equal(DemoScene.Width * DemoScene.Height, Painted(texture, new Placement(x, y, 0, 1)).Length);
    }

    private static byte[] Luma(DemoScene scene, double seconds)
    {
        using var live = new LiveStream(StreamName.Parse("a"), capacity: 3);
        Assert.True(live.Ring.TryBeginWrite(DemoScene.Format, out var slot));
        scene.Paint(slot, seconds);
        return Rows(slot);
    }

    private static byte[] Painted(Texture texture, Placement at)
    {
        using var live = new LiveStream(StreamName.Parse("a"), capacity: 3);
        Assert.True(live.Ring.TryBeginWrite(DemoScene.Format, out var slot));
        for (var plane = 0; plane < 3; plane++)
        {
            slot.Plane(plane).Clear();
        }

        SpritePainter.Paint(slot, DemoScene.Format, texture, at);
        return Rows(slot);
    }

    private static byte[] Rows(FrameWrite slot)
    {
        var rows = new byte[DemoScene.Width * DemoScene.Height];
        for (var y = 0; y < DemoScene.Height; y++)
        {
            slot.Plane(0).Slice(y * slot.Stride(0), DemoScene.Width).CopyTo(rows.AsSpan(y * DemoScene.Width));
        }

        return rows;
    }
}
