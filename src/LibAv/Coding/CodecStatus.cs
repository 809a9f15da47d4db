using static VisionStream.LibAv.Native.NativeConstants;

namespace VisionStream.LibAv;

/// <summary>Statuses of the send and receive functions as results; whatever else they return is an exception.</summary>
internal static class CodecStatus
{
    /// <summary>The result of a send.</summary>
    public static SendResult Sent(int status, string what, string codec)
    {
        return status switch
        {
            >= 0 => SendResult.Accepted,
            Averror.Again => SendResult.Full,
            AVERROR_EOF => SendResult.Ended,
            AVERROR_INVALIDDATA => SendResult.Corrupt,
            _ => throw Averror.Exception(status, what, codec),
        };
    }

    /// <summary>The result of a receive.</summary>
    public static ReceiveResult Received(int status, string what, string codec)
    {
        return status switch
        {
            >= 0 => ReceiveResult.Received,
            Averror.Again => ReceiveResult.NeedsInput,
            AVERROR_EOF => ReceiveResult.Ended,
            AVERROR_INVALIDDATA => ReceiveResult.Corrupt,
            _ => throw Averror.Exception(status, what, codec),
        };
    }
}
