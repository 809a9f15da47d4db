using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Tests.Host.Access;

/// <summary>No route can be forgotten: all that the service maps are looked at, and called without a key.</summary>
public class EveryRouteTests
{
    // What may be called without a key, or decides by itself. A route that comes here needs a reason in its rule.
    private static readonly string[] WithoutARight =
    [
        "/", "/ws", "/health/live", "/health/ready", "/v1/jwks.json", "/v1/mediamtx/auth", "/v1/streams", "/v1/streams/{name}/token", "/openapi/{documentName}.json",
        "/api/status",
    ];

    [Fact]
    public async Task Every_route_declares_who_may_call_it()
    {
        await using var service = await GuardedService.StartAsync();
        var routes = service.Routes.ToList();
        Assert.True(routes.Count > 5, "the routes are found");
        Assert.All(routes, r => Assert.True(r.Metadata.GetMetadata<AccessRule>() is not null, $"{Text(r)} declares no access rule"));
        Assert.All(
            routes.Where(r => Rule(r).Right is null),
            r =>
            {
                Assert.True(Rule(r).Why.Length > 10, $"{Text(r)} does not say why it asks for no right");
                Assert.Contains(Text(r), WithoutARight);
            });
    }

    [Fact]
    public async Task Without_a_key_every_other_route_answers_401_as_problem_details()
    {
        await using var service = await GuardedService.StartAsync();
        foreach (var route in service.Routes.Where(r => Rule(r).Right is not null))
        {
            foreach (var method in MethodsOf(route))
            {
                var answer = await service.SendAsync(new HttpMethod(method), Filled(route.RoutePattern));
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {Text(route)} answered {answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
                var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
                Assert.Equal(401, (int)problem["status"]!);
            }
        }
    }

    [Fact]
    public async Task A_reader_is_refused_wherever_an_administrator_is_asked_for_and_for_streams_of_others()
    {
        await using var service = await GuardedService.StartAsync();
        foreach (var route in service.Routes.Where(r => Rule(r).Right is not null && Text(r) != "/metrics"))
        {
            var forAdmin = Rule(route).Right != AccessRight.Read;
            foreach (var method in MethodsOf(route))
            {
                var answer = await service.SendAsync(new HttpMethod(method), Filled(route.RoutePattern, forAdmin ? "live%2Fcam" : "others%2Fcam"), GuardedService.Reader);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {Text(route)} answered {answer.StatusCode}");
            }
        }
    }

    private static AccessRule Rule(RouteEndpoint route) => route.Metadata.GetMetadata<AccessRule>()!;

    private static string Text(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    private static IEnumerable<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Filled(RoutePattern pattern, string name = "live%2Fcam") => "/" + string.Join('/', pattern.PathSegments.Select(
        s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : name))));
}
