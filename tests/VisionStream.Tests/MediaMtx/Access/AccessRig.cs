using Microsoft.Extensions.Logging;
using VisionStream.Core.Streams;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;
using VisionStream.Tests.Broadcaster;
using VisionStream.Tests.Broadcaster.Connections;

namespace VisionStream.Tests.MediaMtx.Access;

/// <summary>Access control with some keys, by a clock that the test moves; what it logs is kept.</summary>
internal sealed class AccessRig
{
    public AccessRig(bool open = false, params (string Name, string Secret, string Scopes)[] keys)
    {
        ApiKey[] parsed = [.. keys.Select(k => ApiKey.TryParse(k.Name, k.Secret, k.Scopes.Split(' '), out var key, out var error) ? key : throw new FormatException(error))];
        Keys = new ApiKeyRing(parsed);
        var generations = new StreamGenerations(_ => "", () => Present);
        Tokens = new TokenAuthority([Signing], new TokenOptions(), generations, Time);
        Passwords = new StreamPasswords([Signing], generations, Time);
        Loggers = LoggerFactory.Create(b => b.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        Control = new AccessControl(new AccessOptions { Open = open }, Keys, Tokens, Passwords, Time, Loggers.CreateLogger<AccessControl>());
    }

    /// <summary>The streams that there are, for those who ask which; whoever asks for one finds any.</summary>
    public List<StreamName> Present { get; } = [];

    public ManualTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public ILoggerFactory Loggers { get; }

    public SigningKey Signing { get; } = SigningKey.Generate();

    public ApiKeyRing Keys { get; }

    public TokenAuthority Tokens { get; }

    public StreamPasswords Passwords { get; }

    public AccessControl Control { get; }

    public static Scope Scoped(string text) => Scope.TryParse(text, out var scope, out var error) ? scope : throw new FormatException(error);

    public string Token(string scope, TimeSpan? lifetime = null) => Tokens.Issue("x", [Scoped(scope)], lifetime ?? TimeSpan.FromHours(1)).Text;

    /// <summary>All that was logged, to look for secrets in.</summary>
    public string Everything() => string.Join('\n', Enum.GetValues<LogLevel>().SelectMany(Log.At));
}
