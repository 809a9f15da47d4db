using System.Text;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// The names of a model's inputs, or of its outputs, in order and as zero-terminated UTF-8 that stays where it is, so that a run
/// converts and allocates nothing.
/// </summary>
/// <remarks>Threading: immutable. Pointers are valid for as long as this object is reachable; callers keep it so with <see cref="GC.KeepAlive"/>.</remarks>
internal sealed unsafe class NodeNames
{
    private readonly string _kind;
    private readonly byte[] _utf8;
    private readonly Dictionary<string, int> _offsets;

    /// <param name="kind">"input" or "output", for messages.</param>
    /// <param name="names">The names in the model's order.</param>
    internal NodeNames(string kind, string[] names)
    {
        _kind = kind;
        Names = names;
        _offsets = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        _utf8 = GC.AllocateArray<byte>(names.Sum(n => Encoding.UTF8.GetByteCount(n) + 1), pinned: true);
        var offset = 0;
        foreach (var name in names)
        {
            _offsets[name] = offset;
            offset += Encoding.UTF8.GetBytes(name, _utf8.AsSpan(offset)) + 1;
        }
    }

    /// <summary>The names in the model's order.</summary>
    internal string[] Names { get; }

    /// <summary>The name as native text.</summary>
    /// <exception cref="OnnxRuntimeException">The model has no such name.</exception>
    internal byte* this[string name] => _offsets.TryGetValue(name, out var offset)
        ? (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_utf8, offset)
        : throw new OnnxRuntimeException(
            ErrorCode.InvalidArgument, $"the model has no {_kind} '{name}'; it has: {string.Join(", ", Names)}");
}
