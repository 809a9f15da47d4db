using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace VisionStream.Broadcaster.Connections;

/// <summary>
/// Stateless. Lets an endpoint that carries <see cref="Marker"/> share its route with an ordinary page: it is chosen only for
/// requests that ask for a WebSocket.
/// </summary>
internal sealed class UpgradeOnly : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <summary>The metadata of such an endpoint.</summary>
    public static readonly object Marker = new UpgradeOnly();

    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsMarked);

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var isAsked = Handshake.IsAskedFor(httpContext);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!isAsked && candidates.IsValidCandidate(i) && IsMarked(candidates[i].Endpoint))
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsMarked(Endpoint endpoint) => endpoint.Metadata.GetMetadata<UpgradeOnly>() is not null;
}
