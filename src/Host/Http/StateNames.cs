using System.Text.Json;
using VisionStream.Core.Streams;

namespace VisionStream.Host.Http;

/// <summary>States as they are written on the wire.</summary>
internal static class StateNames
{
    /// <summary>For example <c>resolution_changed</c>.</summary>
    public static string Of(StreamState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
