using System.Runtime.InteropServices;
using System.Text;

namespace VisionStream.Tests.Detector.Models;

/// <summary>
/// Writes small detectors as ONNX files, for what no published model at hand has: float16 tensors, open input sizes, failing
/// insides. Output = values + gain * (largest element of the picture), so that a bright frame can raise scores. The format is
/// protobuf as onnx.proto3 has it; field numbers are from there.
/// </summary>
internal sealed class TinyModel
{
    private const int Float = 1, Float16 = 10, Int64 = 7;

    /// <summary>Shape of the output.</summary>
    public required long[] Shape { get; init; }

    /// <summary>The output's numbers on a black picture.</summary>
    public required float[] Values { get; init; }

    /// <summary>What is added to them on a picture whose largest element is 1.</summary>
    public float[]? Gain { get; init; }

    /// <summary>Shape of the input; 0 leaves a dimension open.</summary>
    public long[] Input { get; init; } = [1, 3, 64, 64];

    /// <summary>Input and output are float16.</summary>
    public bool Half { get; init; }

    /// <summary>The graph fails on pictures of another height and width than this.</summary>
    public int? OnlyRunsAt { get; init; }

    /// <summary>Metadata of the file.</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>Writes the file.</summary>
    public string Save(string path)
    {
        var type = Half ? Float16 : Float;
        var zeros = new float[Values.Length];
        byte[][] nodes =
        [
            .. OnlyRunsAt is null ? (byte[][])[] : [Message(1, Node("Reshape", ["images", "side"], "picture"))],
            Message(1, Node("ReduceMax", [OnlyRunsAt is null ? "images" : "picture"], "largest", Message(5, [.. Text(1, "keepdims"), .. Number(3, 0), .. Number(20, 2)]))),
            Message(1, Node("Mul", ["largest", "gain"], "raised")),
            Message(1, Node("Add", ["values", "raised"], "output0")),
        ];
        byte[] graph =
        [
            .. nodes.SelectMany(n => n),
            .. Text(2, "tiny"),
            .. Message(5, Tensor("values", type, Shape, Elements(Values))),
            .. Message(5, Tensor("gain", type, Shape, Elements(Gain ?? zeros))),
            .. OnlyRunsAt is not { } side ? [] : Message(5, Tensor("side", Int64, [4], Longs(1, 3, side, side))),
            .. Message(11, Value("images", type, Input)),
            .. Message(12, Value("output0", type, Shape)),
        ];
        byte[] model =
        [
            .. Number(1, 8), // IR version
            .. Message(8, Number(2, 13)), // operator set
            .. Message(7, graph),
            .. Metadata.SelectMany(m => Message(14, [.. Text(1, m.Key), .. Text(2, m.Value)])),
        ];
        File.WriteAllBytes(path, model);
        return path;
    }

    private byte[] Elements(float[] values) => Half
        ? MemoryMarshal.AsBytes(Array.ConvertAll(values, v => (Half)v).AsSpan()).ToArray()
        : MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static byte[] Longs(params long[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static byte[] Node(string operation, string[] inputs, string output, byte[]? attribute = null) =>
        [.. inputs.SelectMany(i => Text(1, i)), .. Text(2, output), .. Text(4, operation), .. attribute ?? []];

    private static byte[] Tensor(string name, int type, long[] shape, byte[] data) =>
        [.. shape.SelectMany(d => Number(1, d)), .. Number(2, type), .. Text(8, name), .. Message(9, data)];

    private static byte[] Value(string name, int type, long[] shape)
    {
        var dimensions = shape.SelectMany((d, i) => Message(1, d == 0 ? Text(2, $"d{i}") : Number(1, d)));
        return [.. Text(1, name), .. Message(2, Message(1, [.. Number(1, type), .. Message(2, [.. dimensions])]))];
    }

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] content) => [.. Varint((ulong)((field << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Varint((ulong)(field << 3)), .. Varint((ulong)value)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
