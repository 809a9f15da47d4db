namespace VisionStream.Host.Http;

/// <summary>Stateless. The sentence of an answer that no handler gave, such as routing's own.</summary>
internal static class DefaultProblems
{
    /// <summary>Adds a sentence to problem details that have none.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {request.Path}; GET /openapi/v1.json lists the routes.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Path} takes no {request.Method}; the header Allow lists what it takes.",
            StatusCodes.Status415UnsupportedMediaType => "The body has to be JSON, with 'Content-Type: application/json'.",
            StatusCodes.Status500InternalServerError => "This is a defect of the service; its log has the details.",
            _ => null,
        };
    }
}
