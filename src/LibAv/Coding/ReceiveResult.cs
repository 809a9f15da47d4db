namespace VisionStream.LibAv;

/// <summary>How asking a decoder, encoder or filter graph for output ended.</summary>
public enum ReceiveResult
{
    /// <summary>There is output.</summary>
    Received,

    /// <summary>More input is needed first.</summary>
    NeedsInput,

    /// <summary>A piece of input was broken and gave no output. Ask again.</summary>
    Corrupt,

    /// <summary>All output after the announced end has been received.</summary>
    Ended,
}
