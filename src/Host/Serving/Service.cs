using VisionStream.Broadcaster;
using VisionStream.Broadcaster.Hosting;
using VisionStream.Core.Detections;
using VisionStream.Detector.Engine;
using VisionStream.Detector.Models;
using VisionStream.Host.Access;
using VisionStream.Host.Configuration;
using VisionStream.Host.Control;
using VisionStream.Host.Http;
using VisionStream.Host.Metrics;
using VisionStream.Host.Pipelines;
using VisionStream.Host.Recording;
using VisionStream.Ingest;
using VisionStream.MediaMtx.Control;
using VisionStream.MediaMtx.Endpoints;
using VisionStream.MediaMtx.Keys;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.Host.Serving;

/// <summary>The running service: wires the features, listens, watches the streams, and ends cleanly.</summary>
internal static class Service
{
    /// <summary>Serves until cancelled.</summary>
    /// <param name="options">What to serve, and how.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="ready">Called once, when it listens and the streams are watched (default: prints the address).</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="BadInputException">The port is taken, a source or a model cannot be used.</exception>
    public static async Task<int> RunAsync(ServeOptions options, CancellationToken cancel, Action<WebApplication>? ready = null)
    {
        await using var app = Build(options);
        FfmpegLibraries.Load();
        MediaLibraries.LogTo(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("FFmpeg"));
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e)
        {
            throw new BadInputException($"{options.Listen} cannot be listened on: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}. Choose another with --listen.");
        }

        // Models load after the listener stands, so that a port that is taken is told at once and health checks are answered.
        await StartStreamsAsync(app, options);
        (ready ?? Announce)(app);
        await app.WaitForShutdownAsync(cancel);
        return ExitCode.Success;
    }

    /// <summary>
    /// Starts the streams of the configuration and those that were posted before, and has MediaMTX's paths watched; from then on the
    /// service is ready. Models are loaded, sources are not waited for.
    /// </summary>
    /// <exception cref="BadInputException">A source or a model of the configuration cannot be used.</exception>
    public static async Task StartStreamsAsync(WebApplication app, ServeOptions options)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("VisionStream");
        var startup = app.Services.GetRequiredService<Startup>();
        var pipelines = app.Services.GetRequiredService<PipelineDirectory>();
        foreach (var (index, stream) in options.Streams.Index())
        {
            startup.Tell($"The service is starting: {index} of {options.Streams.Count} configured streams have been started.");
            var pipeline = await pipelines.StartAsync(stream, StreamOrigin.Configured)
                ?? throw new BadInputException($"{stream.Name}: this stream is being watched already.");
            Log.Watching(logger, stream.Name, pipeline.Source, stream.Analysis.Model, stream.Analysis.Fps);
        }

        startup.Tell("The service is starting: streams that were posted before are being started.");
        await app.Services.GetRequiredService<PostedStreams>().RestoreAsync();
        app.Services.GetService<DiscoveredStreams>()?.Start();
        startup.Complete();
    }

    /// <summary>The address that the service listens on, with the port that was really taken.</summary>
    public static string Address(WebApplication app) => app.Urls.First();

    /// <summary>Wires everything; nothing runs yet.</summary>
    public static WebApplication Build(ServeOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Logging.AddLines(options.LogLevel);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen);
        });

        // Streams stop within half a second and subscribers get their close frame; what is not done by then is cut.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = DefaultProblems.Complete);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DetectionFeed>();
        builder.Services.AddSingleton<DetectionEngine>();
        builder.Services.AddSingleton(new InferenceOptions
        {
            Threads = options.InferenceThreads,
            Streams = StreamsToExpect(options),
            ExecutionProvider = options.Provider,
        });
        builder.Services.AddSingleton<ModelShelf>();
        if (options.MediaMtx is { } mediaMtx)
        {
            builder.Services.AddSingleton(provider =>
                new MediaServer(mediaMtx, options.Access.IsOpen ? null : provider.GetRequiredService<ApiKeyRing>().OwnSecret));
            builder.Services.AddSingleton(provider => new MediaMtxClient(
                provider.GetRequiredService<MediaServer>().ControlOptions, provider.GetRequiredService<TimeProvider>()));
            builder.Services.AddSingleton<DiscoveredStreams>();
        }

        builder.Services.AddSingleton(provider => new PipelineRoom(
            provider.GetRequiredService<DetectionEngine>(), provider.GetRequiredService<ModelShelf>(), provider.GetRequiredService<DetectionFeed>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>(), provider.GetService<MediaServer>()));
        builder.Services.AddSingleton<PipelineDirectory>();
        builder.Services.AddSingleton<Startup>();
        builder.Services.AddSingleton(new KnownModels(options));
        builder.Services.AddSingleton(provider => new PostedStreams(
            provider.GetRequiredService<PipelineDirectory>(), options, provider.GetRequiredService<KnownModels>(), provider.GetRequiredService<CallerUrls>(),
            StateOf(options, provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostedStreams>>()));
        builder.Services.AddRecording(options);
        builder.Services.AddSingleton<StreamView>();
        builder.Services.AddSingleton<Snapshots>();
        builder.Services.AddApiDescription();
        builder.Services.AddSingleton<MetricsCollector>();
        builder.Services.AddSingleton<StreamMetrics>();
        builder.Services.AddSingleton<ProcessMetrics>();
        if (options.Otlp is { } collector)
        {
            builder.AddOtlp(collector);
        }

        builder.Services.AddBroadcaster(new BroadcasterOptions
        {
            AllowedOrigins = options.AllowedOrigins,
            Authorize = HostAccess.VisitorOf,
            Compress = options.Deflate,
        });
        builder.Services.AddHostAccess(options, provider => new StreamGenerations(
            stream => provider.GetRequiredService<PostedStreams>().GenerationOf(stream), () => provider.GetRequiredService<PostedStreams>().Named));

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostAccess(options);
        app.MapBroadcaster().DecidedByHandler("A subscriber gets the streams that it may read.");
        app.MapMediaMtxAuth();
        app.MapJwks();
        app.MapTokens();
        app.MapHealth();
        app.MapStreams();
        app.MapModels();
        app.MapPreviews();
        app.MapKeyFrames();
        app.MapRecordings();
        app.MapSnapshots();
        app.MapOlderApi();
        app.MapApiDescription();
        app.MapPage();

        // Made now, so that it counts from the start.
        app.Services.GetRequiredService<MetricsCollector>();
        app.Services.GetRequiredService<StreamMetrics>();
        app.Services.GetRequiredService<ProcessMetrics>();
        app.Services.GetService<OpenTelemetry.Metrics.MeterProvider>();
        return app;
    }

    // A MediaMTX's paths and the streams that were posted before the last stop come when the models are loaded already.
    private static int StreamsToExpect(ServeOptions options) =>
        Math.Max(options.MediaMtx is not null || File.Exists(options.StateFile) ? 2 : 1, options.Streams.Count);

    private static SavedStreamsFile? StateOf(ServeOptions options, IServiceProvider provider)
    {
        var log = provider.GetRequiredService<ILogger<SavedStreamsFile>>();
        try
        {
            return options.StateFile is { } path ? SavedStreamsFile.TryTake(path, provider.GetRequiredService<TimeProvider>(), log) : null;
        }
        catch (BadInputException e) when (options.StateFile == ServeOptionsReader.DefaultStateFile)
        {
            // Nobody asked for it: a service without a home of its own still does its work.
            Log.NoStateFile(log, e.Message);
            return null;
        }
    }

    private static void Announce(WebApplication app)
    {
        var address = Address(app);
        Console.WriteLine($"Detections at {address.Replace("http://", "ws://", StringComparison.Ordinal)}/ws, the page at {address}/");
    }
}
