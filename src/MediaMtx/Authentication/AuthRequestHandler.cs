using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Authentication;

/// <summary>Safe from any thread. Answers MediaMTX's authentication requests by the same rules as everything else.</summary>
/// <remarks>
/// Any credential may come in any place: a key as RTMP password, a token as RTSP password or in a query. MediaMTX turns 401 into
/// RTSP's challenge, so that is the answer to missing credentials; RTMP has none and has to bring them in its first URL.
/// </remarks>
public sealed class AuthRequestHandler(AccessControl access, ILogger<AuthRequestHandler> log)
{
    // The names by which MediaMTX's documents put credentials into a URL; older releases leave them in the query alone.
    private static readonly string[] InQuery = ["token", "jwt", "pass", "password"];

    /// <summary>Decides about a request's body.</summary>
    internal async ValueTask<AuthOutcome> HandleAsync(ReadOnlyMemory<byte> body)
    {
        if (AuthRequestReader.Read(body) is not { } request)
        {
            return AuthOutcome.Malformed;
        }

        var named = StreamName.TryParse(request.Path, out var stream, out _);
        var right = request.Action switch
        {
            // A path that is no stream of ours is an administrator's affair, as is every action that comes with a later release.
            "publish" when named => AccessRight.Publish,
            "read" or "playback" when named => AccessRight.Read,
            _ => AccessRight.Admin,
        };
        var verdict = await access.DecideAsync(CredentialsOf(request), right, named ? stream : null, request.Ip).ConfigureAwait(false);
        if (!verdict.IsGranted)
        {
            Log.AuthDenied(log, Plain(request.Action), named ? stream.Value : "", Plain(request.Protocol), request.Ip, verdict.Decision, verdict.Caller);
        }

        return verdict.IsGranted ? AuthOutcome.Granted : AuthOutcome.Denied;
    }

    private static IEnumerable<string?> CredentialsOf(AuthRequest request)
    {
        yield return request.Token;
        yield return request.Password;
        if (request.Query.Length == 0)
        {
            yield break;
        }

        var query = QueryHelpers.ParseNullableQuery(request.Query);
        foreach (var name in InQuery)
        {
            yield return query is not null && query.TryGetValue(name, out var values) && values != StringValues.Empty ? values[0] : null;
        }
    }

    private static string Plain(string word) => word.Length <= 16 && word.All(char.IsAsciiLetterOrDigit) ? word : "another";
}
