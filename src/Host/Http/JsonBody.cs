using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace VisionStream.Host.Http;

/// <summary>
/// Stateless. Reads JSON bodies strictly: nothing unknown, nothing twice, nothing long; what is wrong becomes problem details
/// (RFC 9457) with a sentence.
/// </summary>
internal static class JsonBody
{
    /// <summary>The longest body read, in bytes: a thousand class names and two long URLs.</summary>
    public const int Longest = 64 * 1024;

    // Bodies are objects with lists in them.
    private const int Deepest = 8;

    /// <summary>How bodies are written and read.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = Deepest,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mayBeMissing">Whether a request without a body counts as one with an empty object.</param>
    /// <returns>The body, or the answer to give instead; one of them.</returns>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpContext context, bool mayBeMissing = false)
        where T : class, new()
    {
        var request = context.Request;
        if (mayBeMissing && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return (new T(), null);
        }

        // A page of another origin cannot send this type without asking first.
        if (!request.HasJsonContentType())
        {
            return (null, Problem("The body has to be JSON, with 'Content-Type: application/json'.", StatusCodes.Status415UnsupportedMediaType));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Longest;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(
                request.Body, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false }, context.RequestAborted);
            return TryBind<T>(json.RootElement, out var body, out var error) ? (body, null) : (null, Problem(error));
        }
        catch (JsonException e)
        {
            return (null, Problem($"The body is not JSON: {Shorten(e.Message)}"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problem($"The body is longer than {Longest} bytes.", e.StatusCode));
        }
    }

    /// <summary>A 400 whose <c>errors</c> lists every sentence.</summary>
    public static IResult Invalid(IReadOnlyList<string> errors) => TypedResults.Problem(
        string.Join(' ', errors), statusCode: StatusCodes.Status400BadRequest, extensions: new Dictionary<string, object?> { ["errors"] = errors });

    /// <summary>Problem details with a sentence.</summary>
    public static IResult Problem(string detail, int status = StatusCodes.Status400BadRequest) => TypedResults.Problem(detail, statusCode: status);

    private static bool TryBind<T>(JsonElement json, [NotNullWhen(true)] out T? body, [NotNullWhen(false)] out string? error)
        where T : class
    {
        body = null;
        var known = Options.GetTypeInfo(typeof(T)).Properties.Select(p => p.Name).ToArray();
        if (json.ValueKind != JsonValueKind.Object)
        {
            error = "The body has to be a JSON object.";
            return false;
        }

        if (json.EnumerateObject().FirstOrDefault(p => !known.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } stranger)
        {
            error = $"There is no field '{Shorten(stranger.Name)}'; there are {string.Join(", ", known)}.";
            return false;
        }

        try
        {
            body = json.Deserialize<T>(Options)!;
            error = null;
            return true;
        }
        catch (JsonException e)
        {
            error = $"The field '{e.Path?.TrimStart('$', '.')}' has a value of another kind than it takes.";
            return false;
        }
    }

    private static string Shorten(string text) => text.Length > 200 ? text[..200] + "..." : text;
}
