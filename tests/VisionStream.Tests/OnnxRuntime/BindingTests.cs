using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class BindingTests
{
    [Fact]
    public void Bound_runs_of_a_detector_allocate_nothing()
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));
        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        using var input = OrtValue.CreateTensorValueFromMemory(new float[3 * 352 * 352], [1, 3, 352, 352]);
        using var output = OrtValue.CreateTensorValueFromMemory(new float[85 * 22 * 22], [1, 85, 22, 22]);
        binding.BindInput("input.1", input);
        binding.BindOutput("758", output);
        var sum = 0f;
        void RunOnce()
        {
            input.GetTensorMutableDataAsSpan<float>()[0] += 0.1f;
            session.RunWithBinding(options, binding);
            sum += output.GetTensorDataAsSpan<float>()[0];
        }

        Assert.Equal(0, Allocation.Of(RunOnce));
        Assert.NotEqual(0, sum);
    }
}
