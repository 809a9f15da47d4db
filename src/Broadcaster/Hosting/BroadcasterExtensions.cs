using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VisionStream.Broadcaster.Connections;
using VisionStream.Broadcaster.FanOut;

namespace VisionStream.Broadcaster.Hosting;

/// <summary>Stateless. What a host calls to send detections out.</summary>
public static class BroadcasterExtensions
{
    // RFC 8441: over HTTP/2 a WebSocket is asked for with CONNECT.
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Connect];

    /// <summary>
    /// Adds the broadcaster. It takes a <see cref="Core.Detections.DetectionFeed"/>, a <see cref="TimeProvider"/> and logging from
    /// <paramref name="services"/>, and the system's clock when there is none.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong; the message has all that is.</exception>
    public static IServiceCollection AddBroadcaster(this IServiceCollection services, BroadcasterOptions options)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.PostConfigure<SocketTransportOptions>(UpgradedConnection.Prepare);
        services.AddSingleton(options);
        services.AddSingleton<SubscriberHub>();
        services.AddSingleton<SubscriberEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, UpgradeOnly>());
        return services;
    }

    /// <summary>
    /// Serves subscribers at <c>/ws</c> and, for requests that ask for a WebSocket, at <c>/</c>, which stays free for a page.
    /// </summary>
    public static IEndpointConventionBuilder MapBroadcaster(this IEndpointRouteBuilder endpoints)
    {
        // Made now, so that it hears of everything from the start and not from the first subscriber on.
        var subscribers = endpoints.ServiceProvider.GetRequiredService<SubscriberEndpoint>();
        var group = endpoints.MapGroup("").ExcludeFromDescription();
        group.MapMethods("/ws", Methods, subscribers.HandleAsync);
        group.MapMethods("/", Methods, subscribers.HandleAsync).WithMetadata(UpgradeOnly.Marker).WithOrder(-1);
        return group;
    }
}
