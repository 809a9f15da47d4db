using VisionStream.Core.Streams;

namespace VisionStream.Core.Audio;

/// <summary>How a source's sound is coded, as far as a muxer or decoder has to know. Immutable; the bytes are never written again.</summary>
/// <param name="Session">The publisher's visit that it belongs to.</param>
/// <param name="Codec">libav's name of the codec: <c>aac</c>, <c>opus</c>, <c>pcm_alaw</c>, <c>mp3</c>.</param>
/// <param name="SampleRate">Samples a second and channel; positive.</param>
/// <param name="Channels">Channels; positive.</param>
/// <param name="FrameSize">Samples of one packet and channel; 0 when they vary.</param>
/// <param name="CodecData">The codec's header (AudioSpecificConfig, OpusHead), possibly empty.</param>
public sealed record AudioFormat(
    StreamSession Session, string Codec, int SampleRate, int Channels, int FrameSize, ReadOnlyMemory<byte> CodecData);
