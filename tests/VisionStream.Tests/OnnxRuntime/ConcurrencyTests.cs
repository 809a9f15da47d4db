using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public ConcurrencyTests() => NativeOnnxRuntime.Require();

    [Fact]
    public async Task Threads_share_a_session()
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));
        using var options = new RunOptions();
        var alone = Enumerable.Range(0, 4).Select(i => Detect(session, i, options)).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => OnThread(() =>
        {
            for (var round = 0; round < 5; round++)
            {
                Assert.Equal(alone[i], Detect(session, i, options));
            }

            return Detect(session, i, options);
        })));

        Assert.Equal(alone, together);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public async Task Session_that_is_disposed_while_it_runs_ends_the_run_first()
    {
        var session = new InferenceSession(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));
        using var options = new RunOptions();
        var running = new TaskCompletionSource();
        var runs = OnThread(() =>
        {
            var count = 0;
            while (true)
            {
                try
                {
                    Detect(session, count++, options);
                    running.TrySetResult();
                }
                catch (ObjectDisposedException)
                {
                    return count;
                }
            }
        });
        await running.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        session.Dispose();

        Assert.True(await runs.WaitAsync(Patience, TestContext.Current.CancellationToken) > 1);
    }

    [Fact]
    public async Task Run_is_terminated_from_another_thread()
    {
        using var session = new InferenceSession(NativeOnnxRuntime.Model("fastestdet-352-fp32-unsupported-layout.onnx"));
        using var options = new RunOptions();
        var running = new TaskCompletionSource();
        var runs = OnThread(() => Assert.Throws<OnnxRuntimeException>(void () =>
        {
            while (true)
            {
                Detect(session, 0, options);
                running.TrySetResult();
            }
        }));
        await running.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        options.Terminate = true;

        var e = await runs.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains("terminate", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Everything_may_be_disposed_in_any_order()
    {
        var options = new RunOptions();
        var session = new InferenceSession(OnnxFile.Add());
        var binding = session.CreateIoBinding();
        var memory = new float[4];
        var a = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f], [4]);
        var y = OrtValue.CreateTensorValueFromMemory(memory, [4]);
        binding.BindInput("a", a);
        binding.BindInput("b", a);
        binding.BindOutput("y", y);
        a.Dispose();
        y.Dispose();

        // The binding keeps what it was given, and its session.
        session.RunWithBinding(options, binding);
        Assert.Equal([2f, 4f, 6f, 8f], memory);
        using (var results = binding.GetOutputValues())
        {
            session.Dispose();
            Assert.Throws<ObjectDisposedException>(() => session.RunWithBinding(options, binding));
            binding.Dispose();
            Assert.Equal([2f, 4f, 6f, 8f], results[0].GetTensorDataAsSpan<float>());
        }

        options.Dispose();
        binding.Dispose();
        a.Dispose();
        Assert.Throws<ObjectDisposedException>(() => a.GetTensorDataAsSpan<float>().Length);
        Assert.Throws<ObjectDisposedException>(() => binding.BindInput("a", y));
    }

    [Fact]
    public void Bound_value_that_nobody_else_holds_stays_in_place()
    {
        using var session = new InferenceSession(OnnxFile.Add());
        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        BindFreshValues(binding);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var results = session.RunWithBoundResults(options, binding);

        Assert.Equal([2f, 4f, 6f, 8f], results[0].GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void Forgotten_objects_are_finalised_without_harm()
    {
        Forget();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var session = new InferenceSession(OnnxFile.Add());
        Assert.Equal(["y"], session.OutputNames);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BindFreshValues(OrtIoBinding binding)
    {
        var value = OrtValue.CreateTensorValueFromMemory([1f, 2f, 3f, 4f], [4]);
        binding.BindInput("a", value);
        binding.BindInput("b", value);
        binding.BindOutput("y", OrtValue.CreateTensorValueFromMemory(new float[4], [4]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var i = 0; i < 20; i++)
        {
            var session = new InferenceSession(OnnxFile.Add());
            var binding = session.CreateIoBinding();
            BindFreshValues(binding);
            session.RunWithBinding(new RunOptions(), binding);
            Assert.Single(session.RunWithBoundResults(new RunOptions(), binding));
        }
    }

    private static float[] Detect(InferenceSession session, int seed, RunOptions options)
    {
        var pixels = new float[3 * 352 * 352];
        pixels.AsSpan().Fill(0.1f * seed);
        using var image = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 352, 352]);
        using var outputs = session.Run(options, ["input.1"], [image], ["758"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
