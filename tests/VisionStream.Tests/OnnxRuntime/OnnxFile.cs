using System.Text;

namespace VisionStream.Tests.OnnxRuntime;

/// <summary>
/// Writes small ONNX files byte by byte, so that every kind of model that a test needs is in the test. Field numbers are those of onnx.proto.
/// </summary>
internal static class OnnxFile
{
    internal const int Float = 1;
    internal const int String = 8;
    internal const int Float16 = 10;

    /// <summary>A model of one graph. IR version 8 and opset 17 are known to every ONNX Runtime from 1.14 on.</summary>
    internal static byte[] Model(byte[] graph, params (string Key, string Value)[] metadata) => Join(
        [
            Number(1, 8), Text(2, "test"), Text(4, "org.example"), Number(5, 7), Text(6, "a model"), Message(7, graph),
            Message(8, Join(Text(1, ""), Number(2, 17))),
            .. metadata.Select(m => Message(14, Join(Text(1, m.Key), Text(2, m.Value)))),
        ]);

    /// <summary>output = operator(inputs), all of them tensors.</summary>
    internal static byte[] Graph(string operation, byte[][] inputs, byte[] output, params string[] inputNames) => Join(
        [
            Message(1, Join([.. inputNames.Select(n => Text(1, n)), Text(2, "y"), Text(4, operation)])),
            Text(2, "tiny"), Text(10, "a graph"), .. inputs.Select(i => Message(11, i)), Message(12, output),
        ]);

    /// <summary>A tensor that goes in or out; a dimension is a number, or the name of a free one.</summary>
    internal static byte[] Tensor(string name, int type, params object[] dimensions) => Join(Text(1, name), Message(2, TensorType(type, dimensions)));

    /// <summary>A sequence of tensors that goes in or out.</summary>
    internal static byte[] Sequence(string name, int type, params object[] dimensions) =>
        Join(Text(1, name), Message(2, Message(4, Message(1, TensorType(type, dimensions)))));

    /// <summary>y = relu(x), float32 of this shape.</summary>
    internal static byte[] Relu(params object[] dimensions) =>
        Model(Graph("Relu", [Tensor("x", Float, dimensions)], Tensor("y", Float, dimensions), "x"), ("names", "{0: 'thing'}"), ("größe", "4 °"));

    /// <summary>y = a + b, float32 of four elements.</summary>
    internal static byte[] Add() => Model(Graph("Add", [Tensor("a", Float, 4), Tensor("b", Float, 4)], Tensor("y", Float, 4), "a", "b"));

    private static byte[] TensorType(int type, object[] dimensions) =>
        Message(1, Join(Number(1, type), Message(2, Join([.. dimensions.Select(d => Message(1, d is int n ? Number(1, n) : Text(2, (string)d)))]))));

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => Join(Varint((field << 3) | 2), Varint(content.Length), content);

    private static byte[] Number(int field, int value) => Join(Varint(field << 3), Varint(value));

    private static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Varint(value >> 7)];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];
}
