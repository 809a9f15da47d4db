using Microsoft.Extensions.DependencyInjection.Extensions;
using VisionStream.Host.Configuration;
using VisionStream.Host.Pipelines;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Recording;

namespace VisionStream.Host.Recording;

/// <summary>Stateless. Adds recording to the service.</summary>
internal static class RecordingExtensions
{
    // MediaMTX's own port of recordings.
    private const int PlaybackPort = 9996;

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

        if (options.MediaMtx is { } settings)
        {
            services.TryAddSingleton(provider => new MediaMtxClient(
                provider.GetRequiredService<MediaServer>().ControlOptions, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new PathRecorder(
                provider.GetRequiredService<MediaMtxClient>(), PlaybackOf(settings), provider.GetRequiredService<MediaServer>().ControlOptions,
                provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton(provider => new StreamRecording(provider.GetRequiredService<RecordingShelf>(), provider.GetService<PathRecorder>()));
    }

    private static PlaybackOptions PlaybackOf(MediaMtxSettings settings)
    {
        var usual = new UriBuilder(settings.Api) { Port = PlaybackPort, UserName = "", Password = "", Path = "" }.Uri.GetLeftPart(UriPartial.Authority);
        return settings.Playback switch
        {
            MediaMtxSettings.Off => new PlaybackOptions(),
            null => new PlaybackOptions { Address = usual },
            { } address => new PlaybackOptions { Address = usual, PublicAddress = address },
        };
    }
}
