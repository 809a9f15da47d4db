using VisionStream.Host.Pipelines;

namespace VisionStream.Host.Http;

/// <summary>The page: plain files beside the program, served with headers that let it load nothing from elsewhere.</summary>
internal static class PageEndpoints
{
    // The page's own scripts and styles, pictures that it makes itself, and no frame but its own around it.
    private const string Policy = "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; ";

    public static void MapPage(this WebApplication app)
    {
        var server = app.Services.GetService<MediaServer>();
        app.Use((context, next) =>
        {
            // Video comes from here or from the MediaMTX that is configured, as this visitor reaches it.
            var addresses = server?.AddressesFor(context.Request.Host.Host);
            var elsewhere = string.Concat(new[] { addresses?.WebRtc, addresses?.Hls }.OfType<string>().Select(a => " " + new Uri(a).GetLeftPart(UriPartial.Authority)));
            context.Response.Headers.ContentSecurityPolicy = $"{Policy}connect-src 'self'{elsewhere}; media-src 'self' blob:{elsewhere}";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles();
    }
}
