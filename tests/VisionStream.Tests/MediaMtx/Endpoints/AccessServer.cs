using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;
using VisionStream.Tests.MediaMtx.Access;

namespace VisionStream.Tests.MediaMtx.Endpoints;

/// <summary>The endpoints on a real Kestrel on loopback, as a host maps them, with two guarded routes beside.</summary>
internal sealed class AccessServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AccessServer(WebApplication app, AccessRig rig)
    {
        (_app, Rig) = (app, rig);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public AccessRig Rig { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<AccessServer> StartAsync(AccessRig rig, AuthEndpointOptions? callers = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(rig.Log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<TimeProvider>(rig.Time);
        builder.Services.AddAccess(
            new AccessOptions { Open = rig.Control.IsOpen }, rig.Keys, [rig.Signing], new TokenOptions(), callers ?? new AuthEndpointOptions(), Bearer);
        var app = builder.Build();
        app.UseStatusCodePages();
        app.UseAccessRules();
        app.MapMediaMtxAuth();
        app.MapJwks();
        app.MapTokens();
        app.MapGet("/v1/streams/{**name}", (string name) => $"stream {name}").RequireRight(AccessRight.Read, "name");
        app.MapDelete("/v1/streams/{**name}", (string name) => "gone").RequireRight(AccessRight.Admin);
        app.MapGet("/plain", (RequestDelegate)(context => context.Response.WriteAsync("plain", context.RequestAborted))).RequireRight(AccessRight.Admin);
        var group = app.MapGroup("/group").RequireRight(AccessRight.Admin);
        group.MapGet("/plain", (RequestDelegate)(context => context.Response.WriteAsync("plain", context.RequestAborted)));
        app.MapGet("/forgotten", () => "nobody may see this");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AccessServer(app, rig);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
}
