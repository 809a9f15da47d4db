using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class OrtValueTests
{
    public OrtValueTests() => NativeOnnxRuntime.Require();

    [Fact]
    public void Tensor_over_managed_memory_is_that_memory()
    {
        var memory = new float[10];
        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(2, 7), [2, 3]);

        value.GetTensorMutableDataAsSpan<float>()[5] = 8;

        Assert.Equal(8, memory[7]);
        Assert.True(value.IsTensor);
        Assert.Equal(OnnxValueType.ONNX_TYPE_TENSOR, value.OnnxType);
        Assert.Equal(6, value.GetTensorDataAsSpan<float>().Length);
        var info = value.GetTensorTypeAndShape();
        Assert.Equal([2, 3], info.Shape);
        Assert.Equal((TensorElementType.Float, 6L, 2, false), (info.ElementDataType, info.ElementCount, info.DimensionsCount, info.IsString));
    }

    [Fact]
    public void Tensor_over_native_memory_is_that_memory()
    {
        var memory = Marshal.AllocHGlobal(16);
        try
        {
            using var value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Int32, [2, 2], memory, 16);

            value.GetTensorMutableDataAsSpan<int>()[3] = 0x01020304;

            Assert.Equal(0x01020304, Marshal.ReadInt32(memory, 12));
            Assert.Equal(16, value.GetTensorMutableRawData().Length);
            Assert.Equal(4, value.GetTensorMutableRawData()[12]);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    [Fact]
    public void Tensor_can_have_memory_of_its_own()
    {
        using var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float16, [3, 5]);

        value.GetTensorMutableDataAsSpan<Float16>().Fill(Float16.One);

        Assert.Equal(15, value.GetTensorDataAsSpan<Float16>().Length);
        Assert.Equal(30, value.GetTensorMutableRawData().Length);
        Assert.Equal("Cpu", OrtAllocator.DefaultInstance.Info.Name);
    }

    [Theory]
    [InlineData(new long[0], 1)]
    [InlineData(new long[] { 0, 4 }, 0)]
    [InlineData(new long[] { 1, 1, 1, 1 }, 1)]
    public void Scalars_and_empty_tensors_are_tensors(long[] shape, int elements)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(new float[4], shape);

        Assert.Equal(elements, value.GetTensorDataAsSpan<float>().Length);
        Assert.Equal(shape, value.GetTensorTypeAndShape().Shape);
    }

    [Fact]
    public void Memory_that_is_too_small_is_refused()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new float[5], [2, 3]));
        Assert.Equal("[ErrorCode:InvalidArgument] a tensor of the shape [2,3] has 6 elements, but the memory holds 5", e.Message);

        Assert.Throws<OnnxRuntimeException>(
            () => OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [2, 3], 4096, 23));
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(1L << 40, 1L << 40)]
    public void Impossible_shapes_are_refused(long height, long width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrtValue.CreateTensorValueFromMemory(new float[4], [height, width]));

    [Fact]
    public void Elements_of_another_type_are_refused()
    {
        using var value = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);

        var e = Assert.Throws<OnnxRuntimeException>(() => value.GetTensorDataAsSpan<int>().Length);
        Assert.Equal("[ErrorCode:InvalidArgument] the tensor's elements are Float, not Int32", e.Message);
        Assert.Throws<OnnxRuntimeException>(() => OrtValue.CreateTensorValueFromMemory(new DateTime[1], [1]));
        Assert.Throws<OnnxRuntimeException>(
            () => OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.String, [1], 4096, 8));
    }

    [Fact]
    public void Every_element_type_goes_both_ways()
    {
        Roundtrip<float>(TensorElementType.Float);
        Roundtrip<byte>(TensorElementType.UInt8);
        Roundtrip<sbyte>(TensorElementType.Int8);
        Roundtrip<ushort>(TensorElementType.UInt16);
        Roundtrip<short>(TensorElementType.Int16);
        Roundtrip<int>(TensorElementType.Int32);
        Roundtrip<long>(TensorElementType.Int64);
        Roundtrip<bool>(TensorElementType.Bool);
        Roundtrip<Float16>(TensorElementType.Float16);
        Roundtrip<double>(TensorElementType.Double);
        Roundtrip<uint>(TensorElementType.UInt32);
        Roundtrip<ulong>(TensorElementType.UInt64);
        Roundtrip<BFloat16>(TensorElementType.BFloat16);

        static unsafe void Roundtrip<T>(TensorElementType type)
            where T : unmanaged
        {
            using var value = OrtValue.CreateTensorValueFromMemory(new T[3], [3]);
            Assert.Equal(type, value.GetTensorTypeAndShape().ElementDataType);
            Assert.Equal(3, value.GetTensorDataAsSpan<T>().Length);
            Assert.Equal(3 * sizeof(T), value.GetTensorMutableRawData().Length);
        }
    }

    [Fact]
    public void Reading_elements_allocates_nothing()
    {
        using var value = OrtValue.CreateTensorValueFromMemory(new float[4], [4]);

        Assert.Equal(0, SteadyState.Allocation(() => value.GetTensorMutableDataAsSpan<float>()[0]++));
    }

    [Fact]
    public void Memory_info_describes_the_memory()
    {
        using var info = new OrtMemoryInfo("Cpu", OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);

        Assert.Equal(("Cpu", 0, OrtMemType.Default, OrtAllocatorType.ArenaAllocator), (info.Name, info.Id, info.GetMemoryType(), info.GetAllocatorType()));
        Assert.Equal(("Cpu", OrtAllocatorType.DeviceAllocator), (OrtMemoryInfo.DefaultInstance.Name, OrtMemoryInfo.DefaultInstance.GetAllocatorType()));
        Assert.Throws<OnnxRuntimeException>(() => new OrtMemoryInfo("Moon", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default));
    }
}
