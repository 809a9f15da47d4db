using System.Text.Json;
using VisionStream.Core.Metrics;

namespace VisionStream.Host.Http;

/// <summary>A stream's books: decoded = analysed + the sum of dropped + waiting.</summary>
/// <param name="Packets">Video packets received.</param>
/// <param name="Decoded">Frames decoded.</param>
/// <param name="Analysed">Frames whose detections were published.</param>
/// <param name="Waiting">Frames whose fate is open.</param>
/// <param name="Dropped">Frames dropped, by reason.</param>
internal sealed record FrameFacts(long Packets, long Decoded, long Analysed, long Waiting, IReadOnlyDictionary<string, long> Dropped)
{
    private static readonly (DropReason Reason, string Name)[] Reasons =
        [.. Enum.GetValues<DropReason>().Select(r => (r, JsonNamingPolicy.SnakeCaseLower.ConvertName(r.ToString())))];

    /// <summary>The books as they are now. Frames that settle while it is read are still counted as waiting, so the sum holds.</summary>
    public static FrameFacts Of(FrameLedger ledger)
    {
        var packets = ledger.Packets;
        var dropped = Reasons.ToDictionary(r => r.Name, r => ledger.Dropped(r.Reason));
        var analysed = ledger.Analysed;
        var decoded = ledger.Decoded;
        return new FrameFacts(packets, decoded, analysed, decoded - analysed - dropped.Values.Sum(), dropped);
    }
}
