namespace VisionStream.MediaMtx.Control;

/// <summary>Where MediaMTX's control API is and how it is spoken to. Immutable; <see cref="Validate"/> says what is wrong with it.</summary>
public sealed record MediaMtxOptions
{
    /// <summary>
    /// Address of the control API, <c>http</c> or <c>https</c>; a user and a password may stand in it (default: http://127.0.0.1:9997).
    /// </summary>
    public string Api { get; init; } = "http://127.0.0.1:9997";

    /// <summary>
    /// A key or token, sent as the password of the user <c>vs</c> instead of those of the address (default: none). As a password every
    /// release and every <c>authMethod</c> takes it; a bearer token only reaches <c>authMethod: http</c> from v1.12.3 on.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>How long one request may take, its answer's body included (default: 5 s).</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer read (default: 8 MiB, some 10,000 paths on a page).</summary>
    public int MaxAnswerBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>All that is wrong, one sentence each, without credentials; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!Uri.TryCreate(Api, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            errors.Add("MediaMtx:Api is not an address such as http://127.0.0.1:9997.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            errors.Add("MediaMtx:Api has a query or a fragment; write it like http://127.0.0.1:9997.");
        }

        if (Token is not null && (Token.Length == 0 || Token.Any(c => c is <= ' ' or > '~')))
        {
            errors.Add("MediaMtx:Token is empty or has characters that a header cannot carry.");
        }

        if (Deadline <= TimeSpan.Zero || Deadline > TimeSpan.FromMinutes(5))
        {
            errors.Add($"MediaMtx:Deadline is {Deadline}; it has to be above zero and at most five minutes.");
        }

        if (MaxAnswerBytes < 4096)
        {
            errors.Add($"MediaMtx:MaxAnswerBytes is {MaxAnswerBytes}; it has to be 4096 or more.");
        }

        return errors;
    }
}
