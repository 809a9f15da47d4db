using Microsoft.AspNetCore.HttpOverrides;
using VisionStream.Broadcaster;
using VisionStream.Broadcaster.Connections;
using VisionStream.Host.Configuration;
using VisionStream.MediaMtx.Access;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Scopes;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.Host.Access;

/// <summary>Stateless. Puts keys, tokens, proxies and origins of the configuration in force for every route.</summary>
internal static class HostAccess
{
    /// <summary>Adds what decides about requests.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="generationsOf">What streams were made as, so that what is handed out for one ends with it.</param>
    /// <exception cref="BadInputException">The file of the signing key cannot be used; the message says why.</exception>
    public static void AddHostAccess(
        this IServiceCollection services, ServeOptions options, Func<IServiceProvider, StreamGenerations> generationsOf)
    {
        var access = options.Access;
        services.AddAccess(
            new AccessOptions { Open = access.IsOpen }, new ApiKeyRing(access.Keys), [SigningKeyOf(access)], new TokenOptions(), new AuthEndpointOptions(),
            BearerToken.From, generationsOf);
        services.AddSingleton(new OriginPolicy(options.AllowedOrigins));
        services.AddSingleton<StreamCredentials>();
        services.AddSingleton(new CallerUrls(access.Urls, options.MediaMtx));
        services.Configure<ForwardedHeadersOptions>(headers =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // Nobody is believed but who is configured, this machine's own addresses not excepted.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in access.TrustedProxies)
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            policy.WithMethods("GET", "POST", "PATCH", "DELETE").WithHeaders("Authorization", "Content-Type");
            _ = options.AllowedOrigins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins([.. options.AllowedOrigins]);
        }));
    }

    /// <summary>Has the rules obeyed. To be called before anything else is put into the pipeline but what turns errors into answers.</summary>
    public static void UseHostAccess(this WebApplication app, ServeOptions options)
    {
        if (options.Access.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        if (options.Access.IsOpen)
        {
            app.UseMiddleware<HostGuard>(options);
        }

        app.UseCors();
        app.UseMiddleware<OriginGuard>();
        app.UseAccessRules();
    }

    /// <summary>Who a subscriber is, for the broadcaster.</summary>
    public static async ValueTask<Visitor> VisitorOf(HttpContext context)
    {
        var caller = await context.RequestServices.GetRequiredService<AccessGate>().IdentifyAsync(context);
        return caller.Decision switch
        {
            AccessDecision.CredentialsNeeded => new Visitor(Admission.CredentialsNeeded),
            AccessDecision.TooManyAttempts => new Visitor(Admission.TryLater),
            _ when !caller.MayForSome(AccessRight.Read) => new Visitor(Admission.Refused),
            _ when caller.May(AccessRight.Read, null) => new Visitor(Admission.Granted, Until: caller.ExpiresAt),
            _ => new Visitor(Admission.Granted, stream => caller.May(AccessRight.Read, stream), caller.ExpiresAt),
        };
    }

    private static SigningKey SigningKeyOf(AccessSettings access)
    {
        // Without keys there is nothing that a token could open.
        if (access.IsOpen && access.SigningKeyFile is null)
        {
            return SigningKey.Generate();
        }

        var file = access.SigningKeyFile ?? Path.Combine(StateFolder.Path, "signing-key.pem");
        try
        {
            return SigningKey.LoadOrCreate(file);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"signing_key_file: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"signing_key_file: {file} cannot be read or made: {e.Message}");
        }
    }
}
