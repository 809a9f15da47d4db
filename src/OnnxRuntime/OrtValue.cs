using System.Buffers;
using Microsoft.ML.OnnxRuntime.Tensors;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A value that a model takes or gives: for detectors, a dense tensor.
/// </summary>
/// <remarks>
/// <para>Threading: immutable but for the elements, whose readers and writers must not meet; disposing while a run or a binding uses the
/// value is allowed, and its memory stays pinned until they are done.</para>
/// <para>Reading the elements' span allocates nothing and calls the native library only the first time.</para>
/// </remarks>
public sealed unsafe class OrtValue : IDisposable
{
    private readonly OrtValueHandle _handle;
    private Elements? _elements;
    private bool _disposed;

    /// <summary>Takes ownership of a native value.</summary>
    internal OrtValue(nint value)
    {
        _handle = new OrtValueHandle(value, default);
        try
        {
            int type;
            NativeStatus.Check(OrtLibrary.Api->GetValueType(value, &type));
            OnnxType = (OnnxValueType)type;
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    private OrtValue(nint tensor, MemoryHandle pin)
    {
        _handle = new OrtValueHandle(tensor, pin);
        OnnxType = OnnxValueType.ONNX_TYPE_TENSOR;
    }

    /// <summary>What the value is.</summary>
    public OnnxValueType OnnxType { get; }

    /// <summary>Whether it is a dense tensor.</summary>
    public bool IsTensor => OnnxType == OnnxValueType.ONNX_TYPE_TENSOR;

    /// <summary>A tensor over memory that is pinned until the value is disposed and nothing uses it any more.</summary>
    /// <typeparam name="T">Element type: a .NET number, <see cref="Float16"/>, <see cref="BFloat16"/> or bool.</typeparam>
    /// <param name="memoryInfo">What memory it is, as a rule <see cref="OrtMemoryInfo.DefaultInstance"/>.</param>
    /// <param name="memory">At least as many elements as <paramref name="shape"/> has; the first ones are used.</param>
    /// <param name="shape">Size of each dimension, none negative.</param>
    /// <exception cref="OnnxRuntimeException">The memory is too small, or T is no element type.</exception>
    public static OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape)
        where T : unmanaged
    {
        var type = TensorElement.Of<T>();
        CheckSize(TensorElement.Count(shape), memory.Length, shape);
        var pin = memory.Pin();
        try
        {
            return new OrtValue(CreateTensor(memoryInfo, type, shape, pin.Pointer, (long)memory.Length * sizeof(T)), pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over an array in the CPU's memory; otherwise as the overload that takes memory.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape)
        where T : unmanaged =>
        CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new Memory<T>(data), shape);

    /// <summary>A tensor over memory that the caller owns and keeps in place for as long as the value or a binding of it is used.</summary>
    /// <param name="memInfo">What memory it is.</param>
    /// <param name="elementType">Element type.</param>
    /// <param name="shape">Size of each dimension, none negative.</param>
    /// <param name="dataBufferPtr">The first element.</param>
    /// <param name="bufferLengthInBytes">Size of the memory; at least what the shape needs.</param>
    /// <exception cref="OnnxRuntimeException">The memory is too small, or the elements are text.</exception>
    public static OrtValue CreateTensorValueWithData(
        OrtMemoryInfo memInfo, TensorElementType elementType, long[] shape, IntPtr dataBufferPtr, long bufferLengthInBytes)
    {
        CheckSize(TensorElement.Count(shape), bufferLengthInBytes / TensorElement.Size(elementType), shape);
        return new OrtValue(CreateTensor(memInfo, elementType, shape, (void*)dataBufferPtr, bufferLengthInBytes), default);
    }

    /// <summary>A tensor whose memory ONNX Runtime allocates, and frees when the value is disposed.</summary>
    /// <param name="allocator">Whose memory.</param>
    /// <param name="elementType">Element type.</param>
    /// <param name="shape">Size of each dimension, none negative.</param>
    /// <exception cref="OnnxRuntimeException">There is not so much memory.</exception>
    public static OrtValue CreateAllocatedTensorValue(OrtAllocator allocator, TensorElementType elementType, long[] shape)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        _ = TensorElement.Count(shape);
        nint value;
        fixed (long* dimensions = shape)
        {
            NativeStatus.Check(OrtLibrary.Api->CreateTensorAsOrtValue(allocator.Pointer, dimensions, (nuint)shape.Length, (int)elementType, &value));
        }

        return new OrtValue(value, default(MemoryHandle));
    }

    /// <summary>The tensor's elements, to be read. The span is valid until the value is disposed; ONNX Runtime writes outputs in place.</summary>
    /// <typeparam name="T">The tensor's element type, or byte for its bytes.</typeparam>
    /// <exception cref="OnnxRuntimeException">It is no tensor, or not of this type.</exception>
    public ReadOnlySpan<T> GetTensorDataAsSpan<T>()
        where T : unmanaged => GetTensorMutableDataAsSpan<T>();

    /// <summary>The tensor's elements, to be read and written; otherwise as <see cref="GetTensorDataAsSpan{T}"/>.</summary>
    public Span<T> GetTensorMutableDataAsSpan<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var elements = _elements ??= ReadElements();
        var wanted = TensorElement.Of<T>();
        if (wanted != elements.Type && wanted != TensorElementType.UInt8)
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"the tensor's elements are {elements.Type}, not {wanted}");
        }

        return new Span<T>((void*)elements.Data, checked((int)(elements.Bytes / sizeof(T))));
    }

    /// <summary>The tensor's bytes; otherwise as <see cref="GetTensorMutableDataAsSpan{T}"/>.</summary>
    public Span<byte> GetTensorMutableRawData() => GetTensorMutableDataAsSpan<byte>();

    /// <summary>The tensor's element type and shape.</summary>
    /// <exception cref="OnnxRuntimeException">It is no tensor.</exception>
    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        if (OnnxType is not (OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR))
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"the value is {OnnxType}, not a tensor");
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        using var value = new HandleLease(_handle);
        nint info;
        NativeStatus.Check(OrtLibrary.Api->GetTensorTypeAndShape(value.Pointer, &info));
        try
        {
            return new OrtTensorTypeAndShapeInfo(info);
        }
        finally
        {
            OrtLibrary.Api->ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    /// <summary>Gives the value up: spans over it are invalid from now on.</summary>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    /// <summary>Wraps values that a native call returned, all of them owned by the caller.</summary>
    internal static DisposableArray<OrtValue> Take(Span<nint> values)
    {
        var outputs = new OrtValue[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                outputs[i] = new OrtValue(values[i]);
            }
            catch
            {
                // The constructor has released the one that it refused.
                new DisposableArray<OrtValue>(outputs[..i]).Dispose();
                foreach (var rest in values[(i + 1)..])
                {
                    OrtLibrary.Api->ReleaseValue(rest);
                }

                throw;
            }
        }

        return new DisposableArray<OrtValue>(outputs);
    }

    /// <summary>The native value, kept alive until as many calls of <see cref="Release"/>.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    internal nint Acquire()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var held = false;
        _handle.DangerousAddRef(ref held);
        return _handle.DangerousGetHandle();
    }

    /// <summary>Undoes one <see cref="Acquire"/>.</summary>
    internal void Release() => _handle.DangerousRelease();

    // Type, size and place of a value's elements never change, so they are asked for once.
    private Elements ReadElements()
    {
        if (!IsTensor)
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"the value is {OnnxType}, not a tensor");
        }

        var info = GetTensorTypeAndShape();
        var bytes = info.ElementCount * TensorElement.Size(info.ElementDataType);
        using var value = new HandleLease(_handle);
        void* data;
        NativeStatus.Check(OrtLibrary.Api->GetTensorMutableData(value.Pointer, &data));
        return new Elements(info.ElementDataType, (nint)data, bytes);
    }

    private static nint CreateTensor(OrtMemoryInfo memoryInfo, TensorElementType type, long[] shape, void* data, long bytes)
    {
        ArgumentNullException.ThrowIfNull(memoryInfo);
        using var info = new HandleLease(memoryInfo);
        nint value;
        fixed (long* dimensions = shape)
        {
            NativeStatus.Check(OrtLibrary.Api->CreateTensorWithDataAsOrtValue(
                info.Pointer, data, (nuint)bytes, dimensions, (nuint)shape.Length, (int)type, &value));
        }

        return value;
    }

    private static void CheckSize(long needed, long given, long[] shape)
    {
        if (needed > given)
        {
            throw new OnnxRuntimeException(
                ErrorCode.InvalidArgument, $"a tensor of the shape [{string.Join(',', shape)}] has {needed} elements, but the memory holds {given}");
        }
    }

    private sealed record Elements(TensorElementType Type, nint Data, long Bytes);
}
