using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using VisionStream.Core.Metrics;

namespace VisionStream.Host.Metrics;

/// <summary>
/// Stateless. Sends figures and log lines to a collector by OTLP over HTTP (opentelemetry.io/docs/specs/otlp), beside /metrics and the
/// log. A collector that is away costs nothing but its lines.
/// </summary>
internal static class OtlpExport
{
    private const string ServiceName = "visionstream";

    /// <summary>Adds it; the figures begin with <see cref="MeterProvider"/>'s first use.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="endpoint">The collector's address without a path, for example http://127.0.0.1:4318.</param>
    public static void AddOtlp(this WebApplicationBuilder builder, Uri endpoint)
    {
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;

            // The stream's name and the like as attributes of their own.
            logs.ParseStateValues = true;
            logs.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(ServiceName));
            logs.AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/logs"));
        });
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .AddMeter(MetricNames.Meter)
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(ServiceName))
            .AddOtlpExporter((exporter, _) => Configure(exporter, endpoint, "v1/metrics"))
            .Build());
    }

    private static void Configure(OtlpExporterOptions exporter, Uri endpoint, string signal) =>
        (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(endpoint, signal));
}
