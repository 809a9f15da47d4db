using Microsoft.Playwright;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.Page;

/// <summary>What a test asserts of pictures that the page hands out.</summary>
internal static class Pictures
{
    /// <summary>Asserts that a download is one JPEG of this size.</summary>
    public static async Task AssertJpegAsync(IDownload download, int width, int height)
    {
        var file = Path.Combine(Repository.ArtifactsOfThisTest(), download.SuggestedFilename);
        await download.SaveAsAsync(file);
        var probed = (await Ffprobe.StreamsAsync(file)).Single();
        Assert.Equal(("mjpeg", width, height), (probed.Codec, probed.Width, probed.Height));
    }
}
