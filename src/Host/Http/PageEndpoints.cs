namespace VisionStream.Host.Http;

/// <summary>The page: plain files beside the program, served with headers that let it load nothing from elsewhere.</summary>
internal static class PageEndpoints
{
    private const string Policy = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: http: https:; "
        + "connect-src 'self' ws: wss: http: https:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    public static void MapPage(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles();
    }
}
