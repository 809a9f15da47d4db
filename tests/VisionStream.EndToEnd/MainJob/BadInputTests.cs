using VisionStream.EndToEnd.Peers;

namespace VisionStream.EndToEnd.MainJob;

/// <summary>Whatever is wrong with what the user gave: sentences on standard error, a non-zero exit code, no stack trace.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string> Lines() => new()
    {
        { "serve --stream cam=ftp://host/x --model {model}", "unknown scheme 'ftp'" },
        { "serve --stream cam=rtsp:// --model {model}", "host" },
        { "serve --stream cam=nowhere.mp4 --model {model}", "no file" },
        { "serve --stream cam --model {model}", "NAME=URL" },
        { "serve --stream a//b=x.mp4 --model {model}", "segment" },
        { "serve --stream cam=rtsp://h/x", "no model" },
        { "serve --stream cam=rtsp://h/x --model nowhere.onnx", "no model file" },
        { "serve --stream cam=rtsp://h/x --model {model} --fps 1000", "fps" },
        { "serve --stream cam=rtsp://h/x --model {model} --classes unicorn", "'unicorn'" },
        { "serve --stream cam=rtsp://h/x --model {model} --provider nonsense", "nonsense" },
        { "serve --listen 0.0.0.0:8765", "--insecure" },
        { "serve --listen nonsense", "listen" },
        { "serve --config nowhere.json", "nowhere.json" },
        { "serve --config {text}", "JSON" },
        { "detect --model {model} nowhere.jpg", "no file" },
        { "detect --model {model} {text}", "" },
        { "detect --model {fastestdet} {image}", "[1,85,22,22]" },
        { "detect --model {text} {image}", "ONNX Runtime" },
        { "detect --model {model} --every 0 {image}", "--every" },
        { "detect {image}", "--model" },
        { "models inspect {text}", "ONNX Runtime" },
        { "watch http//nowhere", "WebSocket address" },
        { "frobnicate", "frobnicate" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Bad_input_is_answered_with_a_sentence(string line, string hint)
    {
        var arguments = line
            .Replace("{model}", SharedFiles.Model(Service.LightModel), StringComparison.Ordinal)
            .Replace("{fastestdet}", SharedFiles.Model("fastestdet-352-fp32-unsupported-layout.onnx"), StringComparison.Ordinal)
            .Replace("{image}", SharedFiles.Image("bus.jpg"), StringComparison.Ordinal)
            .Replace("{text}", Path.Combine(Repository.Root, "LICENSE"), StringComparison.Ordinal)
            .Split(' ');
        await using var service = ServiceProcess.Start(arguments);

        Assert.NotEqual(0, await service.WaitForExitAsync());
        var errors = service.Errors.Lines();
        Assert.InRange(errors.Count, 1, 3);
        Assert.Contains(hint, string.Join('\n', errors), StringComparison.Ordinal);
        Assert.All(errors.Concat(service.Output.Lines()), l => Assert.DoesNotContain("   at ", l, StringComparison.Ordinal));
    }
}
