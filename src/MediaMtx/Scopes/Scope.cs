using System.Diagnostics.CodeAnalysis;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Naming;

namespace VisionStream.MediaMtx.Scopes;

/// <summary>
/// A right and the streams that it is for: <c>admin</c>, <c>publish:live/glasses</c>, <c>read:live/*</c>. Immutable.
/// </summary>
/// <param name="AccessRight">The right.</param>
/// <param name="Streams">The streams; for <see cref="Scopes.AccessRight.Admin"/> always all.</param>
public sealed record Scope(AccessRight AccessRight, NamePattern Streams)
{
    /// <summary>Everything.</summary>
    public static Scope Admin { get; } = new(AccessRight.Admin, NamePattern.Any);

    /// <summary>Reads a scope; <paramref name="error"/> is a sentence that says what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Scope? scope, [NotNullWhen(false)] out string? error)
    {
        (scope, error) = (null, null);
        if (text == "admin")
        {
            scope = Admin;
            return true;
        }

        var (kind, pattern) = text?.IndexOf(':', StringComparison.Ordinal) is { } colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, null);
        if (kind is not ("read" or "publish") || pattern is null)
        {
            error = $"'{text}' is no scope; there are admin, publish:NAME and read:NAME, where a * in NAME stands for any characters.";
            return false;
        }

        if (!NamePattern.TryParse(pattern, out var streams, out error))
        {
            return false;
        }

        scope = new Scope(kind == "read" ? AccessRight.Read : AccessRight.Publish, streams);
        return true;
    }

    /// <summary>
    /// Whether this is enough for a right on a stream, or on all of them when there is none named. Reading a stream includes its
    /// annotated video and hearing what is said to it; publishing one includes speaking and hearing there, see <see cref="TalkName"/>.
    /// </summary>
    public bool Allows(AccessRight right, StreamName? stream)
    {
        if (AccessRight == AccessRight.Admin)
        {
            return true;
        }

        if (stream is not { } name)
        {
            return AccessRight == right && Streams == NamePattern.Any;
        }

        return right switch
        {
            AccessRight.Publish => AccessRight == right && (Streams.Matches(name) || (TalkName.TrySourceOf(name, out var heard) && Streams.Matches(heard))),
            AccessRight.Read => (AccessRight == right && (Streams.Matches(name) || (AnnotatedName.TrySourceOf(name, out var shown) && Streams.Matches(shown))))
                || (TalkName.TrySourceOf(name, out var said) && Streams.Matches(said)),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => AccessRight switch
    {
        AccessRight.Admin => "admin",
        AccessRight.Publish => $"publish:{Streams}",
        _ => $"read:{Streams}",
    };
}
