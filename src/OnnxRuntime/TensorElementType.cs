using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>Element type of a tensor, with the numbers of the C API's <c>ONNXTensorElementDataType</c>.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The names are those of the package.")]
public enum TensorElementType
{
    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Text; such tensors have no memory of elements and cannot be read as a span.</summary>
    String = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>IEEE 754 half precision, <see cref="OnnxRuntime.Float16"/>.</summary>
    Float16 = 10,

    /// <summary>64-bit float.</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floats, real and imaginary.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floats, real and imaginary.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a 32-bit float, <see cref="OnnxRuntime.BFloat16"/>.</summary>
    BFloat16 = 16,

    /// <summary>One more than the highest type that has a .NET type.</summary>
    DataTypeMax = 17,
}
