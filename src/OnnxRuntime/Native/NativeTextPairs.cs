using System.Runtime.InteropServices;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>Keys and values as two native arrays of native text, for one call; disposing frees them.</summary>
internal readonly unsafe ref struct NativeTextPairs
{
    private readonly byte** _texts;

    /// <summary>Copies <paramref name="pairs"/>.</summary>
    internal NativeTextPairs(Dictionary<string, string> pairs)
    {
        Count = (nuint)pairs.Count;
        _texts = (byte**)NativeMemory.AllocZeroed(2 * Count, (nuint)sizeof(byte*));
        var i = 0;
        foreach (var (key, value) in pairs)
        {
            Keys[i] = (byte*)Marshal.StringToCoTaskMemUTF8(key);
            Values[i] = (byte*)Marshal.StringToCoTaskMemUTF8(value);
            i++;
        }
    }

    /// <summary>How many pairs.</summary>
    internal nuint Count { get; }

    /// <summary>The keys, zero-terminated.</summary>
    internal byte** Keys => _texts;

    /// <summary>The values, in the order of the keys.</summary>
    internal byte** Values => _texts + Count;

    /// <summary>Frees both arrays and their texts.</summary>
    public void Dispose()
    {
        for (nuint i = 0; i < 2 * Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)_texts[i]);
        }

        NativeMemory.Free(_texts);
    }
}
