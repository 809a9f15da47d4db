using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VisionStream.MediaMtx.Control;

namespace VisionStream.Tests.MediaMtx;

/// <summary>A real Kestrel on loopback that answers as the test says; requests it got are kept.</summary>
internal sealed class FakeMediaMtx : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Request> _requests = new();

    private FakeMediaMtx(WebApplication app) => _app = app;

    public IReadOnlyList<Request> Requests => [.. _requests];

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts a server; <paramref name="answer"/> gets the context and the body that came.</summary>
    public static async Task<FakeMediaMtx> StartAsync(Func<HttpContext, string, Task> answer, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.None));
        var app = builder.Build();
        var server = new FakeMediaMtx(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server._requests.Enqueue(new Request(context.Request.Method, context.Request.Path + context.Request.QueryString,
                body, context.Request.ContentType, context.Request.Headers.Authorization));
            await answer(context, body);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Starts a server that gives one answer to everything.</summary>
    public static Task<FakeMediaMtx> AnsweringAsync(int status, string body) => StartAsync((context, _) => AnswerAsync(context, status, body));

    public static Task AnswerAsync(HttpContext context, int status, string body) => AnswerAsync(context, status, Encoding.UTF8.GetBytes(body));

    public static Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    public MediaMtxClient Client(TimeProvider? time = null, Func<MediaMtxOptions, MediaMtxOptions>? with = null)
    {
        var options = new MediaMtxOptions { Api = Address.AbsoluteUri, Deadline = TimeSpan.FromSeconds(30) };
        return new MediaMtxClient(with is null ? options : with(options), time ?? TimeProvider.System);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public sealed record Request(string Method, string Target, string Body, string? ContentType, string? Authorization);
}
