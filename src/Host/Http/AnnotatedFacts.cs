using System.Text.Json;
using VisionStream.Restream.Annotate;

namespace VisionStream.Host.Http;

/// <summary>An annotated stream as GET /v1/streams tells it.</summary>
/// <param name="Target">Where it goes, without secrets.</param>
/// <param name="State">What it is doing, in snake_case.</param>
/// <param name="Frames">Pictures sent.</param>
/// <param name="Skipped">Frames that were overwritten in the ring before they could be sent.</param>
/// <param name="LastError">Why the target was last lost; empty when it never was.</param>
internal sealed record AnnotatedFacts(string Target, string State, long Frames, long Skipped, string LastError)
{
    /// <summary>Its present state.</summary>
    public static AnnotatedFacts Of(AnnotatedStream stream)
    {
        var status = stream.Status;
        return new AnnotatedFacts(
            stream.Options.Target.Redacted, JsonNamingPolicy.SnakeCaseLower.ConvertName(status.State.ToString()), status.Sent, status.Skipped, status.LastError);
    }
}
