using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// Values that a model's inputs and outputs are bound to once, for any number of runs: nothing is looked up, copied or allocated for a run.
/// </summary>
/// <remarks>
/// <para>Threading: one thread at a time, runs included. Several bindings of one session may run at the same time.</para>
/// <para>Bound values stay alive, and their memory pinned, until something else is bound in their place, the binding is cleared, or it is
/// disposed. Values over memory that the caller owns (<see cref="OrtValue.CreateTensorValueWithData"/>) keep only the value alive.</para>
/// <para>On the CPU a run reads inputs and writes outputs in place, so the elements may be changed between runs.</para>
/// </remarks>
public sealed unsafe class OrtIoBinding : SafeHandle
{
    private readonly SessionHandle _session;
    private readonly NodeNames _inputs;
    private readonly NodeNames _outputs;
    private readonly Dictionary<string, OrtValue> _boundInputs = [];
    private readonly Dictionary<string, OrtValue> _boundOutputs = [];

    /// <summary>Made by <c>InferenceSession.CreateIoBinding</c>; holds the session.</summary>
    internal OrtIoBinding(SessionHandle session, NodeNames inputs, NodeNames outputs)
        : base(0, ownsHandle: true)
    {
        (_session, _inputs, _outputs) = (session, inputs, outputs);
        using var lease = new HandleLease(session);
        nint binding;
        NativeStatus.Check(OrtLibrary.Api->CreateIoBinding(lease.Pointer, &binding));
        var held = false;
        session.DangerousAddRef(ref held);
        SetHandle(binding);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Binds an input, in place of what was bound to it before.</summary>
    /// <param name="name">Name of the input.</param>
    /// <param name="ortValue">Its value. On another device it is copied now, so later changes are not seen; on the CPU it is used in place.</param>
    /// <exception cref="OnnxRuntimeException">The model has no such input.</exception>
    public void BindInput(string name, OrtValue ortValue) => Bind(_inputs, _boundInputs, OrtLibrary.Api->BindInput, name, ortValue);

    /// <summary>Binds an output to a tensor of its type and shape, which runs then overwrite.</summary>
    /// <param name="name">Name of the output.</param>
    /// <param name="ortValue">The tensor.</param>
    /// <exception cref="OnnxRuntimeException">The model has no such output.</exception>
    public void BindOutput(string name, OrtValue ortValue) => Bind(_outputs, _boundOutputs, OrtLibrary.Api->BindOutput, name, ortValue);

    /// <summary>Lets ONNX Runtime allocate an output in each run, for outputs whose shape is not known before; see <see cref="GetOutputValues"/>.</summary>
    /// <param name="name">Name of the output.</param>
    /// <param name="memInfo">Where to allocate.</param>
    /// <exception cref="OnnxRuntimeException">The model has no such output.</exception>
    public void BindOutputToDevice(string name, OrtMemoryInfo memInfo)
    {
        ArgumentNullException.ThrowIfNull(memInfo);
        using var binding = new HandleLease(this);
        using var info = new HandleLease(memInfo);
        NativeStatus.Check(OrtLibrary.Api->BindOutputToDevice(binding.Pointer, _outputs[name], info.Pointer));
        if (_boundOutputs.Remove(name, out var previous))
        {
            previous.Release();
        }
    }

    /// <summary>Waits until inputs that were copied to another device have arrived.</summary>
    /// <exception cref="OnnxRuntimeException">The device failed.</exception>
    public void SynchronizeBoundInputs()
    {
        using var binding = new HandleLease(this);
        NativeStatus.Check(OrtLibrary.Api->SynchronizeBoundInputs(binding.Pointer));
    }

    /// <summary>Waits until the outputs have arrived from another device.</summary>
    /// <exception cref="OnnxRuntimeException">The device failed.</exception>
    public void SynchronizeBoundOutputs()
    {
        using var binding = new HandleLease(this);
        NativeStatus.Check(OrtLibrary.Api->SynchronizeBoundOutputs(binding.Pointer));
    }

    /// <summary>The outputs of the last run, in the order in which they were bound; the caller disposes the collection.</summary>
    /// <exception cref="OnnxRuntimeException">An output has no value yet.</exception>
    public IDisposableReadOnlyCollection<OrtValue> GetOutputValues()
    {
        using var binding = new HandleLease(this);
        var allocator = OrtAllocator.DefaultInstance;
        nint* values;
        nuint count;
        NativeStatus.Check(OrtLibrary.Api->GetBoundOutputValues(binding.Pointer, allocator.Pointer, &values, &count));
        try
        {
            return OrtValue.Take(new Span<nint>(values, (int)count));
        }
        finally
        {
            allocator.Free(values);
        }
    }

    /// <summary>Unbinds all inputs.</summary>
    public void ClearBoundInputs()
    {
        using var binding = new HandleLease(this);
        OrtLibrary.Api->ClearBoundInputs(binding.Pointer);
        LetGo(_boundInputs);
    }

    /// <summary>Unbinds all outputs.</summary>
    public void ClearBoundOutputs()
    {
        using var binding = new HandleLease(this);
        OrtLibrary.Api->ClearBoundOutputs(binding.Pointer);
        LetGo(_boundOutputs);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseIoBinding(handle);
        LetGo(_boundInputs);
        LetGo(_boundOutputs);
        _session.DangerousRelease();
        return true;
    }

    private void Bind(
        NodeNames names,
        Dictionary<string, OrtValue> bound,
        delegate* unmanaged[Cdecl]<nint, byte*, nint, OrtStatus*> bind,
        string name,
        OrtValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var binding = new HandleLease(this);
        var held = value;
        var native = held.Acquire();
        try
        {
            NativeStatus.Check(bind(binding.Pointer, names[name], native));
            bound.TryGetValue(name, out var previous);
            bound[name] = value;
            held = previous;
        }
        finally
        {
            // What was bound before, or the value itself when it was refused.
            held?.Release();
        }
    }

    private static void LetGo(Dictionary<string, OrtValue> bound)
    {
        foreach (var value in bound.Values)
        {
            value.Release();
        }

        bound.Clear();
    }
}
