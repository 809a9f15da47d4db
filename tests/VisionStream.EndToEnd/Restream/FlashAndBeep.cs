using VisionStream.EndToEnd.Peers;
using VisionStream.Tests.Restream.Annotate;

namespace VisionStream.EndToEnd.Restream;

/// <summary>A black picture and silence that once a second, for a fifth of it, are a white one and a tone; and how far the two are apart afterwards.</summary>
internal static class FlashAndBeep
{
    public const int FramesPerSecond = 25;

    private const string During = "lt(mod(t\\,1)\\,0.2)*gt(t\\,0.5)";

    /// <summary>Makes the clip as an MP4 with H.264 and sound of a codec.</summary>
    /// <param name="folder">Where to put it.</param>
    /// <param name="soundCodec">ffmpeg's encoder: aac, libopus.</param>
    /// <param name="seconds">Its length.</param>
    public static async Task<string> MakeAsync(string folder, string soundCodec, int seconds)
    {
        var file = Path.Combine(folder, $"flash-{soundCodec}.mp4");
        await using var ffmpeg = PeerProcess.Start(
            "flash-and-beep",
            Peer.RequireProgram("ffmpeg", "ffmpeg"),
            [
                "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                $"color=c=black:size=640x360:rate={FramesPerSecond},drawbox=color=white:t=fill:enable='{During}'",
                "-f", "lavfi", "-i", $"aevalsrc='0.5*sin(2*PI*1000*t)*{During}':s=48000",
                "-t", $"{seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", $"{FramesPerSecond}", "-pix_fmt", "yuv420p",
                "-c:a", soundCodec, "-b:a", "64k", "-y", file,
            ]);
        Assert.True(await ffmpeg.WaitForExitAsync() == 0, ffmpeg.Tail());
        return file;
    }

    /// <summary>Asserts that each flash of a recording has its tone within 40 ms.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="least">Flashes that there are at least.</param>
    public static async Task AssertInStepAsync(string file, int least)
    {
        var pictures = RecordedPicture.ReadAll(file);
        var flashes = pictures.Zip(pictures.Skip(1)).Where(p => p.First.MeanLuma() < 100 && p.Second.MeanLuma() > 150).Select(p => p.Second.PtsMs / 1000).ToList();
        var sound = await Waveform.OfAsync(file);
        var beeps = sound.Onsets(silence: 0.5);
        Assert.True(flashes.Count >= least, $"{flashes.Count} flashes in {pictures.Count} pictures.");
        Assert.True(beeps.Count > 0, "There is no tone.");

        // The first flash may have come before its sound was taken up.
        Assert.All(flashes.Skip(1).SkipLast(1), flash =>
        {
            var apart = beeps.MinBy(b => Math.Abs(b - flash)) - flash;
            Assert.True(Math.Abs(apart) <= 0.040, $"The tone of the flash at {flash:0.000} s is {apart * 1000:0} ms later.");
        });
    }
}
