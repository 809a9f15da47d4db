using Microsoft.ML.OnnxRuntime.Tensors;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// What a model says of one input or output. Immutable; the members about tensors throw <see cref="OnnxRuntimeException"/> for anything else.
/// </summary>
public sealed unsafe class NodeMetadata
{
    private readonly TensorElementType _elementType;
    private readonly int[] _dimensions = [];
    private readonly string[] _symbolicDimensions = [];

    /// <param name="typeInfo">A native <c>OrtTypeInfo</c>, which its owner goes on owning.</param>
    internal NodeMetadata(nint typeInfo)
    {
        var api = OrtLibrary.Api;
        int type;
        NativeStatus.Check(api->GetOnnxTypeFromTypeInfo(typeInfo, &type));
        OnnxValueType = (OnnxValueType)type;

        nint tensor;
        NativeStatus.Check(api->CastTypeInfoToTensorInfo(typeInfo, &tensor));
        if (tensor == 0)
        {
            return;
        }

        int elementType;
        nuint rank;
        NativeStatus.Check(api->GetTensorElementType(tensor, &elementType));
        NativeStatus.Check(api->GetDimensionsCount(tensor, &rank));
        var dimensions = new long[rank];
        var names = new nint[rank];
        fixed (long* d = dimensions)
        {
            NativeStatus.Check(api->GetDimensions(tensor, d, rank));
        }

        fixed (nint* n = names)
        {
            NativeStatus.Check(api->GetSymbolicDimensions(tensor, (byte**)n, rank));
        }

        _elementType = (TensorElementType)elementType;
        _dimensions = Array.ConvertAll(dimensions, d => checked((int)d));
        _symbolicDimensions = Array.ConvertAll(names, n => NativeText.FromUtf8((byte*)n));
    }

    /// <summary>What the input or output is.</summary>
    public OnnxValueType OnnxValueType { get; }

    /// <summary>Whether it is a tensor, dense or sparse.</summary>
    public bool IsTensor => OnnxValueType is OnnxValueType.ONNX_TYPE_TENSOR or OnnxValueType.ONNX_TYPE_SPARSETENSOR;

    /// <summary>The tensor's shape; -1 is a dimension that the caller or the run decides.</summary>
    public int[] Dimensions => Tensor(_dimensions);

    /// <summary>Names of the free dimensions, one for each dimension; empty where it is fixed or has no name.</summary>
    public string[] SymbolicDimensions => Tensor(_symbolicDimensions);

    /// <summary>The tensor's element type.</summary>
    public TensorElementType ElementDataType => Tensor(_elementType);

    /// <summary>The tensor's element type as a .NET type.</summary>
    public Type ElementType => TensorElement.ClrType(ElementDataType);

    /// <summary>Whether the tensor's elements are text.</summary>
    public bool IsString => ElementDataType == TensorElementType.String;

    private T Tensor<T>(T value) => IsTensor
        ? value
        : throw new OnnxRuntimeException(ErrorCode.Fail, $"the input or output is {OnnxValueType}, not a tensor");
}
