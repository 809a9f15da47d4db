using System.Diagnostics;
using VisionStream.Detector.Kernels;

namespace VisionStream.Tests.Detector.Kernels;

/// <summary>Runs the tests of the vector code again in processes where the runtime pretends that the processor is an older one.</summary>
public sealed class InstructionSetTests
{
    private const string Marker = "VISIONSTREAM_WITHOUT";

    [Theory]
    [InlineData(VectorWidth.Bits512, "DOTNET_EnableAVX512F", "DOTNET_EnableAVX512")]
    [InlineData(VectorWidth.Bits256, "DOTNET_EnableAVX2")]
    [InlineData(VectorWidth.Bits128, "DOTNET_EnableHWIntrinsic")]
    public async Task The_vector_code_passes_its_tests_without(VectorWidth width, params string[] switches)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Marker) is not null, "Already in such a process.");
        Assert.SkipUnless(LetterboxKernel.IsSupported(width), $"This machine has no {width} vectors to do without.");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
        }

        foreach (var argument in (string[])["-trait", "code=vectors", "-noColor", "-parallel", "none"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Marker] = width.ToString();
        foreach (var name in switches)
        {
            start.Environment[name] = "0";
        }

        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, output + await errors);
        Assert.DoesNotContain("Total: 0,", output);
    }

    [Fact]
    [Trait("code", "vectors")]
    public void The_switches_take_the_instructions_away()
    {
        var without = Environment.GetEnvironmentVariable(Marker);
        Assert.SkipWhen(without is null, "Only in a process started by the test above.");
        Assert.False(LetterboxKernel.IsSupported(Enum.Parse<VectorWidth>(without!)));
        Assert.True(LetterboxKernel.IsSupported(VectorWidth.Scalar));
    }
}
