namespace VisionStream.Host.Models;

/// <summary>A model file in the library.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where it lies, absolute.</param>
/// <param name="IsBundled">Whether it came with the program.</param>
internal sealed record StoredModel(string Name, string Path, bool IsBundled);
