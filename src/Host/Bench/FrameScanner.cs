using System.Buffers.Binary;
using System.Buffers.Text;

namespace VisionStream.Host.Bench;

/// <summary>
/// Not safe for several threads. Finds the frames in what one connection receives and takes the numbers out of the messages, with
/// as little work as the job needs: only a message's beginning is looked at.
/// </summary>
internal sealed class FrameScanner
{
    /// <summary>Bytes of a message that are looked at; the number of a result stands within them.</summary>
    public const int Prefix = 512;

    private const int FinAndText = 0x81;
    private const int FinAndPing = 0x89;
    private const int FinAndClose = 0x88;
    private long _skip;

    /// <summary>Number of the last result; 0 before the first.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Numbers missed between two results.</summary>
    public long Gaps { get; private set; }

    /// <summary>Results whose number was not above the one before.</summary>
    public long Disordered { get; private set; }

    /// <summary>What the server's <c>lag</c> messages say was lost.</summary>
    public long LostAsTold { get; private set; }

    /// <summary>Whether the greeting has come.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>Whether the server said goodbye.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Pings that wait for an answer.</summary>
    public int Pings { get; set; }

    /// <summary>Looks at what has come so far and tells how much of it is done with.</summary>
    /// <param name="bytes">What has come and was not done with; it has to be able to hold <see cref="Prefix"/> and a header of 10.</param>
    /// <param name="onResult">Called with the number and the frame's length of every result.</param>
    public int Scan(ReadOnlySpan<byte> bytes, Action<long, int> onResult)
    {
        var done = 0;
        while (true)
        {
            var rest = bytes[done..];
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, rest.Length);
                _skip -= skipped;
                done += skipped;
                if (_skip > 0)
                {
                    return done;
                }

                continue;
            }

            if (!TryReadHeader(rest, out var header, out var length) || rest.Length - header < Math.Min(length, Prefix))
            {
                return done;
            }

            Look(rest[0], rest.Slice(header, (int)Math.Min(length, Prefix)), (int)(header + length), onResult);
            _skip = header + length;
        }
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out long length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < 2)
        {
            return false;
        }

        length = bytes[1];
        header = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => length,
        };
        return true;
    }

    private void Look(byte kind, ReadOnlySpan<byte> message, int frameLength, Action<long, int> onResult)
    {
        if (kind == FinAndPing)
        {
            Pings++;
        }
        else if (kind == FinAndClose)
        {
            IsClosed = true;
        }
        else if (kind != FinAndText)
        {
            throw new InvalidDataException($"The server sent a frame that begins with {kind:X2}; the bench knows text, ping and close.");
        }
        else if (message.StartsWith("{\"type\":\"detections\""u8))
        {
            var sequence = Number(message, "\"seq\":"u8);
            Gaps += LastSequence > 0 && sequence > LastSequence ? sequence - LastSequence - 1 : 0;
            Disordered += sequence <= LastSequence ? 1 : 0;
            LastSequence = sequence;
            onResult(sequence, frameLength);
        }
        else if (message.StartsWith("{\"type\":\"hello\""u8))
        {
            IsGreeted = true;
        }
        else if (message.StartsWith("{\"type\":\"lag\""u8))
        {
            LostAsTold += Number(message, "\"lost\":"u8);
        }
    }

    private static long Number(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        var at = message.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(message[(at + name.Length)..], out long number, out _)
            ? number
            : throw new InvalidDataException("A message of the server lacks a number; is it of schema visionstream/1?");
    }
}
