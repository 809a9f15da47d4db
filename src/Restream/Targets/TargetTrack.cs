using VisionStream.LibAv;

namespace VisionStream.Restream.Targets;

/// <summary>One track of a target, as its header announces it.</summary>
/// <param name="Parameters">How it is coded; has to live until the target is open.</param>
/// <param name="TimeBase">Seconds per tick of the packets that will be written.</param>
/// <param name="FrameRate">Pictures a second, as a hint for the header; <c>default</c> when unknown.</param>
internal sealed record TargetTrack(CodecParameters Parameters, Rational TimeBase, Rational FrameRate = default);
