using System.Runtime.InteropServices;
using System.Text;

namespace VisionStream.OnnxRuntime.Native;

/// <summary>Text as the C API takes and gives it: UTF-8, ended by a zero byte.</summary>
internal static unsafe class NativeText
{
    /// <summary>A copy of <paramref name="text"/> with the zero byte at its end, to be pinned for a call.</summary>
    /// <exception cref="ArgumentException">The text holds a zero character, which C would read as its end.</exception>
    internal static byte[] ToUtf8(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0'))
        {
            throw new ArgumentException($"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a zero character.", nameof(text));
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>A copy of text that native code goes on owning; null gives an empty string.</summary>
    internal static string FromUtf8(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
