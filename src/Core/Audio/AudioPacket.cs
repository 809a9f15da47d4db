namespace VisionStream.Core.Audio;

/// <summary>One coded packet of sound, copied out of an <see cref="AudioRing"/> into the reader's buffer.</summary>
/// <param name="Id">Counts the packets of a ring from 1.</param>
/// <param name="Format">How it is coded and whose visit it belongs to.</param>
/// <param name="PtsMicroseconds">Its presentation time, on the same time line as the frames of the same session.</param>
/// <param name="DurationMicroseconds">How long it sounds; 0 when unknown.</param>
/// <param name="Size">Bytes of data.</param>
public readonly record struct AudioPacket(long Id, AudioFormat Format, long PtsMicroseconds, long DurationMicroseconds, int Size);
