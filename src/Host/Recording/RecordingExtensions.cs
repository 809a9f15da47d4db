using Microsoft.Extensions.DependencyInjection.Extensions;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Recording;

namespace VisionStream.Host.Recording;

/// <summary>Stateless. Adds recording to the service.</summary>
internal static class RecordingExtensions
{
    /// <summary>Adds <see cref="RecordingShelf"/>, <see cref="StreamRecording"/> and the bound where one is set; with MediaMTX its client and its recorder too.</summary>
    public static void AddRecording(this IServiceCollection services, ServeOptions options)
    {
        services.AddSingleton(new RecordingShelf(options.Recordings));
        if (options.RecordingsMaxBytes is { } most)
        {
            services.AddSingleton(provider => new RecordingBound(
                provider.GetRequiredService<RecordingShelf>(), provider.GetRequiredService<PipelineDirectory>(), most,
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RecordingBound>>()));
            services.AddHostedService(provider => provider.GetRequiredService<RecordingBound>());
        }

        if (options.MediaMtx is not null)
        {
            services.TryAddSingleton(provider => new MediaMtxClient(
                provider.GetRequiredService<MediaServer>().ControlOptions, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new PathRecorder(
                provider.GetRequiredService<MediaMtxClient>(), provider.GetRequiredService<MediaServer>().PlaybackUrl,
                provider.GetRequiredService<MediaServer>().ControlOptions, provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton(provider => new StreamRecording(
            provider.GetRequiredService<RecordingShelf>(), provider.GetService<PathRecorder>(), provider.GetService<MediaServer>()));
    }
}
