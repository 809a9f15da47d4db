using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using VisionStream.Host.Control;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Scopes;

namespace VisionStream.Host.Http;

/// <summary>GET /openapi/v1.json: the routes as they are mapped, with who may call each.</summary>
internal static class OpenApiEndpoints
{
    private const string Bearer = "bearer";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "VisionStream",
                Version = "1",
                Description = "Streams, their detections and their annotated video. Detections themselves come over the WebSocket /ws; docs/messages.md has its messages. "
                    + "Slashes in a stream's name are written as %2F.",
            };

            // Relative to where this document came from, whichever name the service has there.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "A key or a token; not asked for while no keys are configured." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault() is { } rule)
            {
                Describe(operation, rule, context.Document);
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(AnnotateWish))
            {
                (schema.Type, schema.Properties) = (null, null);
                schema.AnyOf = [new OpenApiSchema { Type = JsonSchemaType.Boolean }, new OpenApiSchema { Type = JsonSchemaType.String }];
                schema.Description = "false for no annotated video, true for MediaMTX's path NAME-annotated, or the URL that it goes to.";
            }
            else if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                // RFC 9457, 3.2: members beside the standard's.
                schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
                schema.Properties["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    Description = "All that is wrong, a sentence each.",
                };
                schema.Properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The request's identity in the log." };
            }
            else if (context.JsonTypeInfo.Type == typeof(StreamRequest))
            {
                schema.Required = new HashSet<string> { "name" };
            }

            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi().OpenToAll("It describes the program, not what this service watches.");

    private static void Describe(OpenApiOperation operation, AccessRule rule, OpenApiDocument? document)
    {
        if (rule.Right is null)
        {
            operation.Description = $"{operation.Description} {rule.Why}".Trim();
            return;
        }

        var wanted = rule.Right switch
        {
            AccessRight.Read => "read:NAME",
            AccessRight.Publish => "publish:NAME",
            _ => "admin",
        };
        operation.Description = $"{operation.Description} Needs the scope {wanted} where keys are configured.".Trim();
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "A key or token is needed." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "This key or token may not." });
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many wrong keys came from this address." });
    }
}
