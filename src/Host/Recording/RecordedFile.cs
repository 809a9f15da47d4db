namespace VisionStream.Host.Recording;

/// <summary>One file of a recording that is written here. Immutable.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Start">When its first picture came.</param>
/// <param name="Duration">How long it is, by when it was last written.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record RecordedFile(string Name, DateTimeOffset Start, TimeSpan Duration, long Bytes);
