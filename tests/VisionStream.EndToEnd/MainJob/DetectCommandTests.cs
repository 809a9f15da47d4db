using System.Globalization;
using System.Text.Json;
using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>`detect --json` agrees with what an independent implementation found, for every model.</summary>
public sealed class DetectCommandTests
{
    /// <summary>Model, least expected score compared, least IoU, largest score difference: the tolerances of the media's README.</summary>
    public static TheoryData<string, double, double, double> Models() => new()
    {
        { "yolov8n-640-fp32-folded.onnx", 0.35, 0.9, 0.05 },
        { "yolov5n-640-fp16w.onnx", 0.35, 0.9, 0.05 },
        { "yolox-nano-416-fp32.onnx", 0.35, 0.9, 0.05 },
        { "yolov8n-640-int8-qdq.onnx", 0.6, 0.8, 1 },
        { "yolo11n-320-uint8-dynq.onnx", 0.6, 0.8, 1 },
        { "yolo26n-640-int8-dynq-e2e.onnx", 0.6, 0.8, 1 },
        { "yolov10n-640-int8-dynq-e2e-repaired.onnx", 0.6, 0.8, 1 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Images(string model, double sure, double leastIou, double tolerance)
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(SharedFiles.Require("media", "expected.json"), TestContext.Current.CancellationToken));
        var entries = expected.RootElement.GetProperty("expected").EnumerateArray().Where(e => e.GetProperty("model").GetString() == model).ToArray();
        var lines = await DetectAsync(model, [], [.. entries.Select(e => SharedFiles.Image(e.GetProperty("image").GetString()!))]);

        Assert.Equal(entries.Length, lines.Count);
        var compared = 0;
        foreach (var (entry, line) in entries.Zip(lines))
        {
            compared += Compare(entry.GetProperty("image").GetString()!, entry, line, sure, leastIou, tolerance);
        }

        Assert.True(compared > 20, $"Only {compared} detections were compared.");
    }

    [Theory]
    [InlineData("highway-cars.mp4")]
    [InlineData("cat-chair.mp4")]
    public async Task Clips(string clip)
    {
        const string Model = "yolov8n-640-fp32-folded.onnx";
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(SharedFiles.Require("media", "expected_clips.json"), TestContext.Current.CancellationToken));
        var entries = expected.RootElement.GetProperty("clips").GetProperty(clip).GetProperty("models").GetProperty(Model).EnumerateArray()
            .ToDictionary(e => e.GetProperty("frame").GetInt32());

        // The expected frames are evenly spread with rounding; every 28th or every frame meets some of them.
        var every = clip == "cat-chair.mp4" ? 28 : 1;
        var lines = await DetectAsync(Model, ["--every", every.ToString(CultureInfo.InvariantCulture)], [SharedFiles.Clip(clip)]);
        var compared = 0;
        foreach (var line in lines.Where(l => entries.ContainsKey(l.GetProperty("frame").GetInt32())))
        {
            compared += Compare($"{clip} {line.GetProperty("frame")}", entries[line.GetProperty("frame").GetInt32()], line, 0.4, 0.9, 0.05);
        }

        Assert.True(compared >= 6, $"Only {compared} detections were compared.");
    }

    private static async Task<List<JsonElement>> DetectAsync(string model, string[] options, string[] files)
    {
        await using var service = ServiceProcess.Start(["detect", "--json", "--model", SharedFiles.Model(model), .. options, .. files]);
        Assert.True(await service.WaitForExitAsync(TimeSpan.FromMinutes(3)) == 0, service.Tail());
        return [.. service.Output.Lines().Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private static int Compare(string where, JsonElement expected, JsonElement line, double sure, double leastIou, double tolerance)
    {
        var compared = 0;
        foreach (var e in expected.GetProperty("detections").EnumerateArray().Where(e => e.GetProperty("score").GetDouble() >= sure))
        {
            var label = e.GetProperty("class").GetString();
            var score = e.GetProperty("score").GetDouble();
            var corners = e.GetProperty("box").EnumerateArray().Select(v => v.GetDouble()).ToArray();
            var (iou, difference) = line.GetProperty("detections").EnumerateArray()
                .Where(d => d.GetProperty("label").GetString() == label)
                .Select(d => (Iou: Iou(corners, d.GetProperty("box_px")), Difference: Math.Abs(d.GetProperty("confidence").GetDouble() - score)))
                .DefaultIfEmpty((0, score))
                .MaxBy(m => m.Item1 - (m.Item2 / 100));
            Assert.True(iou >= leastIou && difference <= tolerance, $"{where}: {label} {score} has IoU {iou:0.000}, score off by {difference:0.000}");
            compared++;
        }

        return compared;
    }

    private static double Iou(double[] corners, JsonElement box)
    {
        var (x, y) = (box.GetProperty("x").GetDouble(), box.GetProperty("y").GetDouble());
        var (w, h) = (box.GetProperty("w").GetDouble(), box.GetProperty("h").GetDouble());
        var width = Math.Max(0, Math.Min(x + w, corners[2]) - Math.Max(x, corners[0]));
        var height = Math.Max(0, Math.Min(y + h, corners[3]) - Math.Max(y, corners[1]));
        var union = (w * h) + ((corners[2] - corners[0]) * (corners[3] - corners[1])) - (width * height);
        return width * height / union;
    }
}
