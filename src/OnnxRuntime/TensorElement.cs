using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>How tensor element types and .NET types match.</summary>
internal static class TensorElement
{
    /// <summary>The element type that <typeparamref name="T"/> is; the compiler's constant folding leaves one constant for each T.</summary>
    /// <exception cref="OnnxRuntimeException">No tensor has such elements.</exception>
    internal static TensorElementType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? TensorElementType.Float
        : typeof(T) == typeof(byte) ? TensorElementType.UInt8
        : typeof(T) == typeof(Float16) ? TensorElementType.Float16
        : typeof(T) == typeof(sbyte) ? TensorElementType.Int8
        : typeof(T) == typeof(ushort) ? TensorElementType.UInt16
        : typeof(T) == typeof(short) ? TensorElementType.Int16
        : typeof(T) == typeof(int) ? TensorElementType.Int32
        : typeof(T) == typeof(long) ? TensorElementType.Int64
        : typeof(T) == typeof(bool) ? TensorElementType.Bool
        : typeof(T) == typeof(double) ? TensorElementType.Double
        : typeof(T) == typeof(uint) ? TensorElementType.UInt32
        : typeof(T) == typeof(ulong) ? TensorElementType.UInt64
        : typeof(T) == typeof(BFloat16) ? TensorElementType.BFloat16
        : throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"no tensor has elements of the type {typeof(T)}");

    /// <summary>The .NET type of an element.</summary>
    /// <exception cref="OnnxRuntimeException">There is none.</exception>
    internal static Type ClrType(TensorElementType type) => type switch
    {
        TensorElementType.Float => typeof(float),
        TensorElementType.UInt8 => typeof(byte),
        TensorElementType.Int8 => typeof(sbyte),
        TensorElementType.UInt16 => typeof(ushort),
        TensorElementType.Int16 => typeof(short),
        TensorElementType.Int32 => typeof(int),
        TensorElementType.Int64 => typeof(long),
        TensorElementType.String => typeof(string),
        TensorElementType.Bool => typeof(bool),
        TensorElementType.Float16 => typeof(Float16),
        TensorElementType.Double => typeof(double),
        TensorElementType.UInt32 => typeof(uint),
        TensorElementType.UInt64 => typeof(ulong),
        TensorElementType.BFloat16 => typeof(BFloat16),
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"the tensor element type {type} has no .NET type"),
    };

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="OnnxRuntimeException">The elements have no fixed size, or no .NET type.</exception>
    internal static int Size(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool => 1,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Double or TensorElementType.Int64 or TensorElementType.UInt64 => 8,
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"elements of the tensor element type {type} cannot be read as memory"),
    };

    /// <summary>Elements of a tensor of this shape: the product of its dimensions, 1 without any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or the product is too large.</exception>
    internal static long Count(long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var count = 1L;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            if (dimension != 0 && count > long.MaxValue / dimension)
            {
                throw new ArgumentOutOfRangeException(nameof(shape), $"[{string.Join(',', shape)}] has more elements than fit into 64 bits.");
            }

            count *= dimension;
        }

        return count;
    }
}
