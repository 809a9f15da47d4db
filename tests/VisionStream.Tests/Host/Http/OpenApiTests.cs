using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using VisionStream.Tests.Broadcaster;

namespace VisionStream.Tests.Host.Http;

/// <summary>The document is true to the code: every route is in it, and real bodies fit what it says of them.</summary>
public sealed class OpenApiTests
{
    private const string Recording = "/v1/streams/{name}/recording";

    [Fact]
    public async Task Every_mapped_route_is_in_the_document_and_nothing_else()
    {
        await using var service = await LiveService.StartAsync();
        var document = (await service.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;

        // A WebSocket and the document itself are no part of what it describes.
        var mapped = ((IEndpointRouteBuilder)service.App).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.Trim('/') is not ("" or "ws" or "openapi/{documentName}.json"))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/').Replace("**", "", StringComparison.Ordinal)}"));
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}")).ToList();

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.True(described.Count > 15, "the routes are found");
        Assert.All(
            document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()),
            o => Assert.NotEmpty(o.Value.GetProperty("responses").EnumerateObject()));
    }

    [Fact]
    public async Task Real_bodies_fit_the_schemas()
    {
        await using var service = await LiveService.StartAsync();
        var document = (await service.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;
        var schemas = new JsonSchema(document);
        var file = service.Files.File("annotated.mkv");
        object whole = new { name = "cam", url = LiveService.Pictures, model = service.Files.Pets, classes = new[] { "cat" }, confidence = 0.3, fps = 12.5, annotate = file, loop = false, ttl = 100 };
        await FitsAsync(HttpMethod.Post, "/v1/streams", "/v1/streams", whole);
        await Eventually.BecomesTrue(() => service.Find("cam")!.Live.Ledger.Analysed > 0, "a frame was analysed");
        await FitsAsync(HttpMethod.Post, "/v1/streams", "/v1/streams", whole);
        await FitsAsync(HttpMethod.Get, "/v1/streams", "/v1/streams");
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}", "/v1/streams/cam");
        await FitsAsync(HttpMethod.Patch, "/v1/streams/{name}", "/v1/streams/cam", new { confidence = 0.5, annotate = true, annotated_height = 120, annotated_fps = 10 });
        await FitsAsync(HttpMethod.Patch, "/v1/streams/{name}", "/v1/streams/cam", new { annotated_height = 0, annotated_fps = 0 });
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}", "/v1/streams/none");
        await FitsAsync(HttpMethod.Post, "/v1/streams", "/v1/streams", new { name = "cam", url = LiveService.Pictures, fps = 1 });
        await FitsAsync(HttpMethod.Get, "/api/status", "/api/status");
        await FitsAsync(HttpMethod.Post, "/api/resolution", "/api/resolution", new { resolution = "320p", stream = "cam" });
        await FitsAsync(HttpMethod.Post, "/api/framerate", "/api/framerate", new { framerate = 99 });
        await FitsAsync(HttpMethod.Post, "/api/snapshot", "/api/snapshot");
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}/snapshot.jpg", "/v1/streams/cam/snapshot.jpg");
        await FitsAsync(HttpMethod.Post, Recording, "/v1/streams/cam/recording", new { action = "start" });
        await FitsAsync(HttpMethod.Get, Recording, "/v1/streams/cam/recording");
        await FitsAsync(HttpMethod.Post, Recording, "/v1/streams/cam/recording", new { action = "stop" });
        await FitsAsync(HttpMethod.Post, Recording, "/v1/streams/cam/recording", new { action = "rewind" });
        await FitsAsync(HttpMethod.Post, Recording, "/v1/streams/none/recording", new { action = "start" });
        Fits(HttpMethod.Post, Recording, await service.SendTextAsync(HttpMethod.Post, "/v1/streams/cam/recording", "start", "text/plain"));
        Fits(HttpMethod.Post, Recording, await service.SendTextAsync(HttpMethod.Post, "/v1/streams/cam/recording", new string(' ', 70_000)));
        var folder = Directory.CreateDirectory(service.Files.File(Path.Combine("recordings", "cam"))).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "2026-11-21_10-00-00-000.mp4"), new byte[100], TestContext.Current.CancellationToken);
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}/recordings", "/v1/streams/cam/recordings");
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}/recordings", "/v1/streams/none/recordings");
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}/recordings/{file}", "/v1/streams/cam/recordings/2026-11-21_10-00-00-000.mp4");
        await FitsAsync(HttpMethod.Get, "/v1/streams/{name}/recordings/{file}", "/v1/streams/cam/recordings/none.mp4");
        await FitsAsync(HttpMethod.Delete, "/v1/streams/{name}", "/v1/streams/cam");

        async Task FitsAsync(HttpMethod method, string route, string path, object? body = null)
        {
            var operation = document.GetProperty("paths").GetProperty(route).GetProperty(method.Method.ToLowerInvariant());
            if (body is not null)
            {
                var sent = JsonSerializer.SerializeToElement(body);
                var wanted = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
                Assert.True(schemas.Misfits(wanted, sent) is { Count: 0 }, string.Join('\n', schemas.Misfits(wanted, sent)));
            }

            Fits(method, route, await service.SendAsync(method, path, body));
        }

        void Fits(HttpMethod method, string route, Answer answer)
        {
            var operation = document.GetProperty("paths").GetProperty(route).GetProperty(method.Method.ToLowerInvariant());
            var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
            Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var described), $"{method} {route} answered {status}, which is not described");
            if (!described.TryGetProperty("content", out var content))
            {
                Assert.Empty(answer.Bytes);
                return;
            }

            Assert.True(content.TryGetProperty(answer.Type!, out var media), $"{method} {route} answered {answer.Type}, which is not described");
            if (answer.Type!.EndsWith("json", StringComparison.Ordinal))
            {
                var misfits = schemas.Misfits(media.GetProperty("schema"), answer.Json);
                Assert.True(misfits.Count == 0, $"{method} {route}: {string.Join('\n', misfits)}");
            }
        }
    }
}
