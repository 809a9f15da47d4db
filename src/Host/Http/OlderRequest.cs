using System.Text.Json;

namespace VisionStream.Host.Http;

/// <summary>
/// What pages of the older control API send, as a JSON body or in the query; what they send beside is left alone. Immutable.
/// </summary>
internal sealed record OlderRequest
{
    private const int LongestBody = 16 * 1024;

    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web) { MaxDepth = 8 };

    /// <summary>The stream; left out: the only one there is.</summary>
    public string? Stream { get; init; }

    /// <summary>For /api/resolution: <c>320p</c>, <c>480p</c> or <c>720p</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>For /api/framerate: 10 to 30.</summary>
    public double? Framerate { get; init; }

    /// <summary>Reads the query, then the body, which wins.</summary>
    /// <returns>The request, or the sentence that says what is wrong with it.</returns>
    public static async Task<(OlderRequest? Request, string Error)> ReadAsync(HttpRequest http)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await http.Body.ReadAsync(buffer, http.HttpContext.RequestAborted)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > LongestBody)
            {
                return (null, $"The body is longer than {LongestBody} bytes.");
            }
        }

        var rate = http.Query["framerate"].ToString();
        if (rate.Length > 0 && !double.TryParse(rate, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            return (null, $"'{rate}' in 'framerate' is no number.");
        }

        try
        {
            // Older pages do not always say that it is JSON.
            var body = bytes.Length == 0 ? null : JsonSerializer.Deserialize<OlderRequest>(bytes.ToArray(), Lenient);
            return (new OlderRequest
            {
                Stream = body?.Stream ?? (string?)http.Query["stream"],
                Resolution = body?.Resolution ?? (string?)http.Query["resolution"],
                Framerate = body?.Framerate ?? (rate.Length > 0 ? double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) : null),
            }, "");
        }
        catch (JsonException)
        {
            return (null, "The body is no JSON object with stream, resolution and framerate as texts and a number.");
        }
    }
}
