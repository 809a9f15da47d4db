using Microsoft.ML.OnnxRuntime.Tensors;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Element type and shape of a tensor, copied from the native library when it is made.</summary>
public readonly unsafe struct OrtTensorTypeAndShapeInfo
{
    /// <param name="info">A native <c>OrtTensorTypeAndShapeInfo</c>, which its owner goes on owning.</param>
    internal OrtTensorTypeAndShapeInfo(nint info)
    {
        var api = OrtLibrary.Api;
        int type;
        nuint count;
        nuint rank;
        NativeStatus.Check(api->GetTensorElementType(info, &type));
        NativeStatus.Check(api->GetTensorShapeElementCount(info, &count));
        NativeStatus.Check(api->GetDimensionsCount(info, &rank));
        ElementDataType = (TensorElementType)type;
        ElementCount = (long)count;
        Shape = new long[rank];
        fixed (long* shape = Shape)
        {
            NativeStatus.Check(api->GetDimensions(info, shape, rank));
        }
    }

    /// <summary>Element type.</summary>
    public TensorElementType ElementDataType { get; }

    /// <summary>Whether the elements are text.</summary>
    public bool IsString => ElementDataType == TensorElementType.String;

    /// <summary>How many elements: the product of <see cref="Shape"/>.</summary>
    public long ElementCount { get; }

    /// <summary>How many dimensions.</summary>
    public int DimensionsCount => Shape.Length;

    /// <summary>Size of each dimension.</summary>
    public long[] Shape { get; }
}
