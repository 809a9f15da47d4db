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
                    AddBeside(scope.Streams, TalkName.Suffix, MeetsAll(scope.Streams) ? ["read"] : ["publish", "read"]);
                    break;
                default:
                    Add(Path(scope.Streams), "read", "playback");
                    if (!MeetsAll(scope.Streams))
                    {
                        AddBeside(scope.Streams, AnnotatedName.Suffix, "read", "playback");
                        AddBeside(scope.Streams, TalkName.Suffix, "read", "playback");
                    }

                    break;
            }
        }

        return JsonSerializer.SerializeToElement(permissions);

        void AddBeside(NamePattern pattern, string suffix, params ReadOnlySpan<string> actions)
        {
            if (BesidePath(pattern, suffix) is { } path)
            {
                Add(path, actions);
            }
        }

        void Add(string path, params ReadOnlySpan<string> actions)
        {
            foreach (var action in actions)
            {
                permissions.Add(new JsonObject { ["action"] = action, ["path"] = path });
            }
        }
    }

    // Whether a pattern meets the paths beside its streams as it is.
    private static bool MeetsAll(NamePattern pattern) => pattern.Text.EndsWith('*');

    // The path, or expression, of what lies beside the streams of a pattern; null when the name would be too long.
    private static string? BesidePath(NamePattern pattern, string suffix) =>
        pattern.Text.Contains('*', StringComparison.Ordinal) ? Expression(pattern.Text + suffix)
        : StreamName.TryParse(pattern.Text + suffix, out var name, out _) ? Path(NamePattern.Exactly(name)) : null;

    // A name such as ~. would be taken for an expression that every path meets.
    private static string Path(NamePattern pattern) =>
        pattern == NamePattern.Any ? ""
        : pattern.Text.StartsWith('~') || pattern.Text.Contains('*', StringComparison.Ordinal) ? Expression(pattern.Text)
        : pattern.Text;

    private static string Expression(string pattern) => $"~^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$";
}
