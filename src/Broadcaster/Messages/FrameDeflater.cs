using System.IO.Compression;

namespace VisionStream.Broadcaster.Messages;

/// <summary>Not safe for several threads. Compresses ready frames, each on its own, as RFC 7692 without context takeover has it.</summary>
internal sealed class FrameDeflater(FramePool pool) : IDisposable
{
    // A flush ends with an empty stored block, of which RFC 7692, section 7.2.1, leaves these four bytes out: 00 00 FF FF.
    private const int TailLength = 4;

    private readonly MemoryStream _output = new();

    /// <summary>
    /// The same message compressed, with a reference for the caller; or the frame itself, kept once more, when that is not longer.
    /// </summary>
    public SharedFrame Deflate(SharedFrame plain)
    {
        _output.SetLength(0);
        using var deflate = new DeflateStream(_output, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(plain.Payload);
        deflate.Flush();
        var length = (int)_output.Length - TailLength;
        if (length >= plain.Payload.Length)
        {
            return plain.Keep();
        }

        var buffer = pool.Rent(SharedFrame.HeaderRoom + length);
        _output.GetBuffer().AsSpan(0, length).CopyTo(buffer.AsSpan(SharedFrame.HeaderRoom));
        return SharedFrame.Around(pool, buffer, length, Opcode.Text, plain.IsDroppable, isDeflated: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();
}
