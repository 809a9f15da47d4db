namespace VisionStream.Host.Configuration;

/// <summary>What the user gave cannot be used. The message is the whole answer: one sentence a line, no stack trace, exit code 2.</summary>
internal sealed class BadInputException : Exception
{
    public BadInputException(string message)
        : base(message)
    {
    }

    public BadInputException(IEnumerable<string> sentences)
        : base(string.Join(Environment.NewLine, sentences))
    {
    }
}
