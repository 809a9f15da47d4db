namespace VisionStream.LibAv;

/// <summary>A camera or microphone that an input format sees.</summary>
/// <param name="Name">What to open: /dev/video0, hw:1,0.</param>
/// <param name="Description">What a person calls it.</param>
public sealed record InputDevice(string Name, string Description);
