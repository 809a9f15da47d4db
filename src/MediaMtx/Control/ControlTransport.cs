using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VisionStream.MediaMtx.Control;

/// <summary>
/// Safe from any thread. One request to the control API and one bounded answer, every ending of which is an <see cref="ControlAnswer"/>.
/// Only the caller's own cancellation is thrown.
/// </summary>
internal sealed partial class ControlTransport : IDisposable
{
    private const int LongestComplaint = 200;

    // Of two settings of one name nobody could say which counts; a JsonObject throws at them when it is first looked into.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Only this form: since v1.20 MediaMTX refuses a body of any other type, to keep pages of other origins out.
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly string _server;
    private readonly Uri _base;
    private readonly MediaMtxOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes it; nothing is sent yet.</summary>
    /// <param name="server">What is asked there, as sentences name it: MediaMTX's control API, MediaMTX's playback server.</param>
    /// <param name="options">Address, credentials and bounds.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message has all that is.</exception>
    public ControlTransport(string server, MediaMtxOptions options, TimeProvider time)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        (_server, _options, _time) = (server, options, time);
        var given = new Uri(options.Api);
        _base = new Uri(given.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped).TrimEnd('/') + "/");

        // No redirects, cookies or proxy: each would send the credentials somewhere that nobody configured.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = Authorization(options.Token, given.UserInfo);
    }

    /// <summary>The address without credentials.</summary>
    public string Address => _base.AbsoluteUri.TrimEnd('/');

    /// <summary>Sends a request; <paramref name="body"/> is JSON.</summary>
    public async Task<ControlAnswer> SendAsync(HttpMethod method, string route, string? body, CancellationToken cancel) =>
        (await AskAsync(method, route, body, cancel).ConfigureAwait(false)).End;

    /// <summary>Asks for a JSON document and reads it; a reader that gives <see langword="null"/> has found nonsense.</summary>
    public async Task<AnswerOf<T>> ReadAsync<T>(string route, Func<JsonElement, T?> read, CancellationToken cancel)
        where T : class
    {
        var (end, bytes) = await AskAsync(HttpMethod.Get, route, null, cancel).ConfigureAwait(false);
        if (!end.IsOk)
        {
            return AnswerOf<T>.Failed(end);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (read(document.RootElement) is { } value)
            {
                return AnswerOf<T>.Of(value);
            }
        }
        catch (Exception e) when (IsMisread(e))
        {
            return AnswerOf<T>.Failed(Nonsense($"{route} is no JSON"));
        }

        return AnswerOf<T>.Failed(Nonsense($"{route} has another shape than MediaMTX's"));
    }

    /// <summary>An answer that MediaMTX does not give.</summary>
    public ControlAnswer Nonsense(string what) => new(ControlOutcome.Nonsense,
        $"The answer of {Address} to {what}. Is this {_server}, v1.9 or later?");

    public void Dispose() => _http.Dispose();

    // The second: a text that is none in Unicode, such as a lone surrogate's escape.
    private static bool IsMisread(Exception e) => e is JsonException or InvalidOperationException;

    private static AuthenticationHeaderValue? Authorization(string? token, string userInfo) =>
        token is not null ? Basic("vs:" + token)
        : userInfo.Length > 0 ? Basic(Uri.UnescapeDataString(userInfo))
        : null;

    private static AuthenticationHeaderValue Basic(string userAndPassword) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

    [GeneratedRegex(@"://[^/\s@]*@")]
    private static partial Regex UserInfo();

    private async Task<(ControlAnswer End, ReadOnlyMemory<byte> Body)> AskAsync(HttpMethod method, string route, string? body, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(_options.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_base, route));
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, Json);
            }

            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var bytes = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            return bytes is { } whole
                ? (Judge(response.StatusCode, route, whole), whole)
                : (Nonsense($"{route} is longer than {_options.MaxAnswerBytes} bytes"), default);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (new ControlAnswer(ControlOutcome.TimedOut, $"{_server} at {Address} gave no whole answer within {_options.Deadline.TotalSeconds:0.#} s."), default);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var why = (e.InnerException?.Message ?? e.Message).TrimEnd('.');
            return (new ControlAnswer(ControlOutcome.Unreachable, $"{_server} at {Address} cannot be reached: {why}. Is MediaMTX running, and that part of it switched on?"), default);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        if (content.Headers.ContentLength > _options.MaxAnswerBytes)
        {
            return null;
        }

        using var kept = new MemoryStream((int)(content.Headers.ContentLength ?? 4096));
        await using var stream = await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var piece = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(piece, cancel).ConfigureAwait(false)) > 0)
        {
            if (kept.Length + count > _options.MaxAnswerBytes)
            {
                return null;
            }

            kept.Write(piece, 0, count);
        }

        return kept.ToArray();
    }

    private ControlAnswer Judge(HttpStatusCode status, string route, ReadOnlyMemory<byte> body)
    {
        switch ((int)status)
        {
            case >= 200 and < 300:
                return ControlAnswer.Done;
            case 401 or 403:
                return new ControlAnswer(ControlOutcome.Unauthorized,
                    $"{_server} at {Address} refuses our credentials ({(int)status}). From another machine it wants a user with a permission for it.");
            case >= 300 and < 400 or >= 500:
                return Nonsense($"{route} is the status {(int)status}");
        }

        var complaint = Complaint(body);
        var outcome = status == HttpStatusCode.NotFound || complaint.Contains("not found", StringComparison.Ordinal) ? ControlOutcome.NotFound
            : complaint.Contains("already exists", StringComparison.Ordinal) ? ControlOutcome.AlreadyExists
            : ControlOutcome.Refused;
        return new ControlAnswer(outcome, $"MediaMTX at {Address} answers {(int)status} to {route}: {complaint}.");
    }

    // MediaMTX repeats what it was given, which may be a URL with a password.
    private static string Complaint(ReadOnlyMemory<byte> body)
    {
        string? text = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            text = PathReader.Text(document.RootElement, "error");
        }
        catch (Exception e) when (IsMisread(e))
        {
            // Versions before v1.9 and proxies answer without JSON; the status says enough then.
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return "it says no more";
        }

        var plain = new string([.. UserInfo().Replace(text, "://***@").Select(c => char.IsControl(c) ? ' ' : c)]).TrimEnd('.');
        return plain.Length <= LongestComplaint ? plain : plain[..LongestComplaint] + "...";
    }
}
