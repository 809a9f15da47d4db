using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A model that is loaded and ready to run.
/// </summary>
/// <remarks>
/// <para>Threading: any number of threads may run it and read its metadata at the same time. Runs share the session's threads, so two at
/// once gain little on few cores. Disposing while runs go on is allowed: the native session is released when the last one ends.</para>
/// <para>A run blocks its thread for as long as the model takes; the service runs models on a thread of their own.</para>
/// </remarks>
public sealed unsafe partial class InferenceSession : IDisposable
{
    private readonly SessionHandle _session;
    private readonly NodeNames _inputs;
    private readonly NodeNames _outputs;
    private volatile bool _disposed;

    /// <summary>Loads a model file with default options.</summary>
    /// <inheritdoc cref="InferenceSession(string, SessionOptions)"/>
    public InferenceSession(string modelPath)
        : this(Load(modelPath, null))
    {
    }

    /// <summary>Loads a model file.</summary>
    /// <param name="modelPath">Path of an ONNX file.</param>
    /// <param name="options">Copied, so the caller may dispose it afterwards.</param>
    /// <exception cref="OnnxRuntimeException">There is no such file, or it is no model that ONNX Runtime can run.</exception>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public InferenceSession(string modelPath, SessionOptions options)
        : this(Load(modelPath, options ?? throw new ArgumentNullException(nameof(options))))
    {
    }

    /// <summary>Loads a model from memory with default options.</summary>
    /// <inheritdoc cref="InferenceSession(byte[], SessionOptions)"/>
    public InferenceSession(byte[] model)
        : this(Load(model, null))
    {
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The bytes of an ONNX file; not used any more afterwards.</param>
    /// <param name="options">Copied, so the caller may dispose it afterwards.</param>
    /// <exception cref="OnnxRuntimeException">It is no model that ONNX Runtime can run.</exception>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public InferenceSession(byte[] model, SessionOptions options)
        : this(Load(model, options ?? throw new ArgumentNullException(nameof(options))))
    {
    }

    private InferenceSession(SessionHandle handle)
    {
        _session = handle;
        try
        {
            var api = OrtLibrary.Api;
            using var session = new HandleLease(handle);
            nuint inputs;
            nuint outputs;
            NativeStatus.Check(api->SessionGetInputCount(session.Pointer, &inputs));
            NativeStatus.Check(api->SessionGetOutputCount(session.Pointer, &outputs));
            _inputs = new NodeNames("input", ReadNames(session.Pointer, inputs, api->SessionGetInputName));
            _outputs = new NodeNames("output", ReadNames(session.Pointer, outputs, api->SessionGetOutputName));
            InputMetadata = ReadMetadata(session.Pointer, _inputs.Names, api->SessionGetInputTypeInfo);
            OutputMetadata = ReadMetadata(session.Pointer, _outputs.Names, api->SessionGetOutputTypeInfo);
            ModelMetadata = new ModelMetadata(session.Pointer);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The model's inputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata { get; }

    /// <summary>Names of the inputs, in the model's order.</summary>
    public IReadOnlyList<string> InputNames => _inputs.Names;

    /// <summary>The model's outputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata { get; }

    /// <summary>Names of the outputs, in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => _outputs.Names;

    /// <summary>What the file says of itself.</summary>
    public ModelMetadata ModelMetadata { get; }

    /// <summary>Ends the profile that <see cref="SessionOptions.EnableProfiling"/> began.</summary>
    /// <returns>The profile's file name; empty when there was none.</returns>
    public string EndProfiling()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var session = new HandleLease(_session);
        byte* path;
        NativeStatus.Check(OrtLibrary.Api->SessionEndProfiling(session.Pointer, OrtAllocator.DefaultInstance.Pointer, &path));
        return OrtAllocator.DefaultInstance.TakeText(path);
    }

    /// <summary>Releases the model, after the runs that are going on and with the last binding.</summary>
    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    private static SessionHandle Load(string path, SessionOptions? given)
    {
        using var defaults = given is null ? new SessionOptions() : null;
        using var options = new HandleLease(given ?? defaults);
        var environment = OrtEnv.Instance();
        using var env = new HandleLease(environment);
        nint session;
        fixed (byte* file = NativeText.ToUtf8(path))
        {
            NativeStatus.Check(OrtLibrary.Api->CreateSession(env.Pointer, file, options.Pointer, &session));
        }

        return new SessionHandle(session, environment);
    }

    private static SessionHandle Load(byte[] model, SessionOptions? given)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var defaults = given is null ? new SessionOptions() : null;
        using var options = new HandleLease(given ?? defaults);
        var environment = OrtEnv.Instance();
        using var env = new HandleLease(environment);
        nint session;
        fixed (byte* bytes = model)
        {
            NativeStatus.Check(OrtLibrary.Api->CreateSessionFromArray(env.Pointer, bytes, (nuint)model.Length, options.Pointer, &session));
        }

        return new SessionHandle(session, environment);
    }

    private static string[] ReadNames(nint session, nuint count, delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, OrtStatus*> getName)
    {
        var allocator = OrtAllocator.DefaultInstance;
        var names = new string[count];
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            NativeStatus.Check(getName(session, i, allocator.Pointer, &name));
            names[i] = allocator.TakeText(name);
        }

        return names;
    }

    private static Dictionary<string, NodeMetadata> ReadMetadata(
        nint session, string[] names, delegate* unmanaged[Cdecl]<nint, nuint, nint*, OrtStatus*> getTypeInfo)
    {
        var metadata = new Dictionary<string, NodeMetadata>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            nint typeInfo;
            NativeStatus.Check(getTypeInfo(session, (nuint)i, &typeInfo));
            try
            {
                metadata[names[i]] = new NodeMetadata(typeInfo);
            }
            finally
            {
                OrtLibrary.Api->ReleaseTypeInfo(typeInfo);
            }
        }

        return metadata;
    }
}
