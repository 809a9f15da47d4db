namespace VisionStream.Restream.Publish;

/// <summary>A change of the video's bit rate on the way, as cameras make that grow hot or lose their network.</summary>
/// <param name="At">When, in the stream's own time.</param>
/// <param name="BitRate">Bits a second from then on.</param>
public sealed record BitRateStep(TimeSpan At, int BitRate);
