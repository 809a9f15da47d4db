using System.Net;
using System.Text.Json;

namespace VisionStream.Tests.Host.Http;

/// <summary>What a route answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string? Type, string? Location, byte[] Bytes)
{
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>Asserts that it is problem details (RFC 9457) and gives the sentence.</summary>
    public string Problem(HttpStatusCode status)
    {
        Assert.Equal((status, "application/problem+json"), (Status, Type));
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        var detail = Json.GetProperty("detail").GetString()!;
        Assert.True(detail.Length > 10, detail);
        return detail;
    }
}
