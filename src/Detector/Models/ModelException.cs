namespace VisionStream.Detector.Models;

/// <summary>A model cannot be used. The message is one sentence for a person: which file, what was found, what was expected.</summary>
public sealed class ModelException : Exception
{
    /// <param name="message">The sentence.</param>
    /// <param name="cause">What ONNX Runtime or the file system said, if they did.</param>
    public ModelException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
