using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;
using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Benchmarks;

/// <summary>
/// What the way into ONNX Runtime and back costs. <see cref="NativeCall"/> is the floor of one call, <see cref="NativeRun"/> that of one
/// run: the model is y = relu(x) of one number, so a run is all overhead. Expected allocation: 0 bytes for everything on a detector's
/// way (the first seven); <see cref="RunAllocating"/> and <see cref="TypeAndShape"/> are there for comparison and allocate.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public unsafe class InteropBenchmarks : IDisposable
{
    // ir_version 8; opset 17; graph "g" with one node Relu(x) -> y; x and y are float32 [1].
    private static readonly byte[] Relu =
    [
        0x08, 8, 0x3A, 51,
        0x0A, 12, 0x0A, 1, (byte)'x', 0x12, 1, (byte)'y', 0x22, 4, (byte)'R', (byte)'e', (byte)'l', (byte)'u',
        0x12, 1, (byte)'g',
        0x5A, 15, 0x0A, 1, (byte)'x', 0x12, 10, 0x0A, 8, 0x08, 1, 0x12, 4, 0x0A, 2, 0x08, 1,
        0x62, 15, 0x0A, 1, (byte)'y', 0x12, 10, 0x0A, 8, 0x08, 1, 0x12, 4, 0x0A, 2, 0x08, 1,
        0x42, 4, 0x0A, 0, 0x10, 17,
    ];

    private readonly string[] _inputNames = ["x"];
    private readonly string[] _outputNames = ["y"];
    private InferenceSession _session = null!;
    private RunOptions _options = null!;
    private OrtIoBinding _binding = null!;
    private OrtValue _x = null!;
    private OrtValue _y = null!;
    private OrtValue[] _inputs = null!;
    private OrtValue[] _outputs = null!;
    private OrtApi* _api;
    private nint _value;
    private nint _nativeSession;
    private nint _nativeBinding;

    [GlobalSetup]
    public void SetUp()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(Relu, options);
        _options = new RunOptions();
        _x = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        _y = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        (_inputs, _outputs) = ([_x], [_y]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput("x", _x);
        _binding.BindOutput("y", _y);
        _api = OrtLibrary.Api;
        _value = _x.Acquire();
        SetUpNative(options.DangerousGetHandle());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _api->ReleaseIoBinding(_nativeBinding);
        _api->ReleaseSession(_nativeSession);
        _x.Release();
        _binding.Dispose();
        _x.Dispose();
        _y.Dispose();
        _options.Dispose();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One call of a function that only returns a pointer.</summary>
    [Benchmark(Baseline = true)]
    public nint NativeCall()
    {
        void* data;
        NativeStatus.Check(_api->GetTensorMutableData(_value, &data));
        return (nint)data;
    }

    /// <summary>Keeping one native object alive for a call.</summary>
    [Benchmark]
    public nint Lease()
    {
        using var lease = new HandleLease(_options);
        return lease.Pointer;
    }

    /// <summary>A tensor's elements.</summary>
    [Benchmark]
    public float Elements() => _y.GetTensorDataAsSpan<float>()[0];

    /// <summary>A run with bound values, called straight through the table.</summary>
    [Benchmark]
    public void NativeRun() => NativeStatus.Check(_api->RunWithBinding(_nativeSession, _options.DangerousGetHandle(), _nativeBinding));

    /// <summary>A run with bound values.</summary>
    [Benchmark]
    public void RunBound() => _session.RunWithBinding(_options, _binding);

    /// <summary>A run with bound values, the input of which is bound anew, as a detector with several input buffers does.</summary>
    [Benchmark]
    public void RebindAndRun()
    {
        _binding.BindInput("x", _x);
        _session.RunWithBinding(_options, _binding);
    }

    /// <summary>A run into given outputs, with names that are looked up.</summary>
    [Benchmark]
    public void RunIntoOutputs() => _session.Run(_options, _inputNames, _inputs, _outputNames, _outputs);

    /// <summary>A run that allocates its output. Expected allocation: 184 bytes.</summary>
    [Benchmark]
    [ExpectedAllocation(184)]
    public void RunAllocating() => _session.Run(_options, _inputNames, _inputs, _outputNames).Dispose();

    /// <summary>A tensor's shape. Expected allocation: 32 bytes.</summary>
    [Benchmark]
    [ExpectedAllocation(32)]
    public long TypeAndShape() => _y.GetTensorTypeAndShape().ElementCount;

    private void SetUpNative(nint options)
    {
        nint session;
        nint binding;
        fixed (byte* model = Relu, x = "x"u8, y = "y"u8)
        {
            NativeStatus.Check(_api->CreateSessionFromArray(OrtEnv.Instance().DangerousGetHandle(), model, (nuint)Relu.Length, options, &session));
            NativeStatus.Check(_api->CreateIoBinding(session, &binding));
            NativeStatus.Check(_api->BindInput(binding, x, _value));
            NativeStatus.Check(_api->BindOutput(binding, y, _value));
        }

        (_nativeSession, _nativeBinding) = (session, binding);
    }
}
