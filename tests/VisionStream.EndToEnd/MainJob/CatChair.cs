using System.Text.Json;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>What every model of the test set sees in the clip cat-chair.mp4 from beginning to end: a plant that does not move.</summary>
internal static class CatChair
{
    public const string Clip = "cat-chair.mp4";

    // From expected_clips.json: 513.7 0.9 638.8 334.4 in frame 0, within a few pixels of that in all others.
    private static readonly (double X, double Y, double W, double H) Plant = (512, 2, 126, 332);

    /// <summary>Asserts that nearly all results have the plant where it stands, and their frames the clip's size.</summary>
    public static void AssertSeen(IReadOnlyCollection<JsonElement> results)
    {
        Assert.All(results, r => Assert.Equal((640, 338), (r.GetProperty("frame").GetProperty("width").GetInt32(), r.GetProperty("frame").GetProperty("height").GetInt32())));
        var seen = results.Count(r => r.GetProperty("detections").EnumerateArray().Any(IsPlant));
        Assert.True(seen >= results.Count * 0.9, $"The plant is in {seen} of {results.Count} results; the last one is {results.Last()}");
    }

    private static bool IsPlant(JsonElement detection)
    {
        if (detection.GetProperty("label").GetString() != "potted plant")
        {
            return false;
        }

        var box = detection.GetProperty("box_px");
        var (x, y, w, h) = (Side(box, "x"), Side(box, "y"), Side(box, "w"), Side(box, "h"));
        var width = Math.Min(x + w, Plant.X + Plant.W) - Math.Max(x, Plant.X);
        var height = Math.Min(y + h, Plant.Y + Plant.H) - Math.Max(y, Plant.Y);
        var intersection = Math.Max(0, width) * Math.Max(0, height);
        return intersection / ((w * h) + (Plant.W * Plant.H) - intersection) > 0.8;
    }

    private static double Side(JsonElement box, string side) => box.GetProperty(side).GetDouble();
}
