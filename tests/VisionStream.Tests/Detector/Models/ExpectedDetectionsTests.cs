using System.Text.Json;
using VisionStream.Core.Detections;
using VisionStream.Detector.Models;
using VisionStream.Tests.OnnxRuntime;

namespace VisionStream.Tests.Detector.Models;

/// <summary>Real models on real pictures, held to detections that an independent implementation made.</summary>
public sealed class ExpectedDetectionsTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The float models are compared strictly, the quantised ones where they are sure: tolerances of the media's README.</summary>
    public static TheoryData<string, float, float, float> Models() => new()
    {
        { "yolov8n-640-fp32-folded.onnx", 0.35f, 0.9f, 0.05f },
        { "yolov5n-640-fp16w.onnx", 0.35f, 0.9f, 0.05f },
        { "yolox-nano-416-fp32.onnx", 0.35f, 0.9f, 0.05f },
        { "yolov8n-640-int8-qdq.onnx", 0.6f, 0.8f, 1 },
        { "yolo11n-320-uint8-dynq.onnx", 0.6f, 0.8f, 1 },
        { "yolo26n-640-int8-dynq-e2e.onnx", 0.6f, 0.8f, 1 },
        { "yolov10n-640-int8-dynq-e2e-repaired.onnx", 0.6f, 0.8f, 1 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_image_gives_the_expected_detections(string file, float sure, float iou, float tolerance)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Media.Path("media", "expected.json")));
        using var model = DetectorModel.Load(NativeOnnxRuntime.Model(file));
        using var detector = new FrameDetector(model, TimeProvider.System);
        var worst = new Worst();
        foreach (var entry in expected.RootElement.GetProperty("expected").EnumerateArray().Where(e => e.GetProperty("model").GetString() == file))
        {
            var image = entry.GetProperty("image").GetString()!;
            using var frame = Media.Frames(Media.Path("media", "images", image), [0]).Single();
            var found = detector.Detect(frame.Frame, DetectionSettings.Default, out _);
            worst.Compare(image, Read(entry.GetProperty("detections")), found, sure);
        }

        output.WriteLine($"{file}: {worst}");
        Assert.True(worst.Compared > 20, $"Only {worst.Compared} detections were compared.");
        worst.Check(iou, tolerance);
    }

    [Theory]
    [InlineData("yolov8n-640-fp32-folded.onnx", 0.4f, 0.9f, 0.05f)]
    [InlineData("yolo26n-640-int8-dynq-e2e.onnx", 0.6f, 0.8f, 1)]
    public void Every_clip_gives_the_expected_detections(string file, float sure, float iou, float tolerance)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Media.Path("media", "expected_clips.json")));
        using var model = DetectorModel.Load(NativeOnnxRuntime.Model(file));
        using var detector = new FrameDetector(model, TimeProvider.System);
        var worst = new Worst();
        foreach (var clip in expected.RootElement.GetProperty("clips").EnumerateObject())
        {
            var entries = clip.Value.GetProperty("models").GetProperty(file).EnumerateArray().ToList();
            var frames = Media.Frames(Media.Path("media", "clips", clip.Name), [.. entries.Select(e => e.GetProperty("frame").GetInt32())]);
            foreach (var (entry, frame) in entries.Zip(frames))
            {
                using var held = frame;
                var found = detector.Detect(frame.Frame, DetectionSettings.Default, out _);
                worst.Compare($"{clip.Name} frame {entry.GetProperty("frame")}", Read(entry.GetProperty("detections")), found, sure);
            }
        }

        output.WriteLine($"{file}: {worst}");
        Assert.True(worst.Compared > 20, $"Only {worst.Compared} detections were compared.");
        worst.Check(iou, tolerance);
    }

    private static ExpectedDetection[] Read(JsonElement detections) => detections.Deserialize<ExpectedDetection[]>(Json)!;

    private sealed class Worst
    {
        private readonly List<(string Where, float Iou, float Score)> _matches = [];
        private readonly List<string> _unexpected = [];

        public int Compared => _matches.Count;

        public void Compare(string where, ExpectedDetection[] expected, IReadOnlyList<Detection> found, float sure)
        {
            foreach (var e in expected.Where(e => e.Score >= sure))
            {
                var (iou, score) = e.Match(found);
                _matches.Add(($"{where} {e.Class} {e.Score}", iou, score));
            }

            // What is found with confidence was expected, perhaps below the line.
            foreach (var f in found.Where(f => f.Confidence >= sure + 0.1f))
            {
                if (!expected.Any(e => e.Match([f]).Iou > 0.5))
                {
                    _unexpected.Add($"{where} {f.Label} {f.Confidence:F2}");
                }
            }
        }

        public void Check(float iou, float score)
        {
            Assert.Empty(_unexpected);
            Assert.All(_matches, m => Assert.True(m.Iou >= iou && m.Score <= score, $"{m.Where}: IoU {m.Iou:F3}, score {m.Score:F3} off"));
        }

        public override string ToString() =>
            $"{Compared} compared, least IoU {_matches.Min(m => m.Iou):F3}, largest score difference {_matches.Max(m => m.Score):F3}"
            + $", {_unexpected.Count} new; worst: {string.Join("; ", _matches.OrderBy(m => m.Iou - m.Score).Take(4))}";
    }
}
