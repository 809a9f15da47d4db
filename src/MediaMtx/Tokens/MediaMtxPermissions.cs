using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Naming;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.MediaMtx.Tokens;

/// <summary>
/// Stateless. The claim by which MediaMTX's JWT mode knows what a token allows: a list of <c>{action, path}</c>, where an empty path
/// means all and one that begins with <c>~</c> is a regular expression.
/// </summary>
internal static class MediaMtxPermissions
{
    /// <summary>The claim's name, MediaMTX's default of <c>authJWTClaimKey</c>.</summary>
    public const string Claim = "mediamtx_permissions";

    /// <summary>The claim's value.</summary>
    public static JsonElement Of(IEnumerable<Scope> scopes)
    {
        var permissions = new JsonArray();
        foreach (var scope in scopes)
        {
            switch (scope.AccessRight)
            {
                case AccessRight.Admin:
                    Add("", "publish", "read", "playback", "api", "metrics", "pprof");
                    break;
                case AccessRight.Publish:
                    Add(Path(scope.Streams), "publish");
                    break;
                default:
                    Add(Path(scope.Streams), "read", "playback");
                    if (AnnotatedPath(scope.Streams) is { } annotated)
                    {
                        Add(annotated, "read", "playback");
                    }

                    break;
            }
        }

        return JsonSerializer.SerializeToElement(permissions);

        void Add(string path, params ReadOnlySpan<string> actions)
        {
            foreach (var action in actions)
            {
                permissions.Add(new JsonObject { ["action"] = action, ["path"] = path });
            }
        }
    }

    private static string? AnnotatedPath(NamePattern pattern)
    {
        if (pattern.Text.EndsWith('*'))
        {
            return null; // meets the annotated videos as it is
        }

        return pattern.Text.Contains('*', StringComparison.Ordinal) ? Expression(pattern.Text + AnnotatedName.Suffix)
            : StreamName.TryParse(pattern.Text + AnnotatedName.Suffix, out var name, out _) ? Path(NamePattern.Exactly(name)) : null;
    }

    // A name such as ~. would be taken for an expression that every path meets.
    private static string Path(NamePattern pattern) =>
        pattern == NamePattern.Any ? ""
        : pattern.Text.StartsWith('~') || pattern.Text.Contains('*', StringComparison.Ordinal) ? Expression(pattern.Text)
        : pattern.Text;

    private static string Expression(string pattern) => $"~^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$";
}
