namespace VisionStream.LibAv;

/// <summary>One loaded library.</summary>
/// <param name="Name">Short name: avformat.</param>
/// <param name="Version">What the library says of itself.</param>
/// <param name="File">What was loaded: a versioned name that the system found, or a path below the folder that the user named.</param>
public sealed record LibAvLibrary(string Name, Version Version, string File);
