using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// The process-wide environment: logging, and what all sessions share.
/// </summary>
/// <remarks>
/// Threading: all members may be called by any thread. There is one instance at a time; <see cref="Instance"/> creates it when it is
/// first needed. Sessions keep it alive, so one that is disposed is released with the last session made in it, and the next
/// <see cref="Instance"/> makes a new one.
/// </remarks>
public sealed unsafe class OrtEnv : SafeHandle
{
    private const string DefaultLogId = "CSharpOnnxRuntime";

    private static readonly Lock Gate = new();
    private static OrtEnv? _instance;

    // The native callback has no room for a delegate, and there is one environment: its receiver is kept here.
    private static DOrtLoggingFunction? _loggingFunction;

    private OrtLoggingLevel _level;

    private OrtEnv(in EnvironmentCreationOptions options)
        : base(0, ownsHandle: true)
    {
        _level = options.logLevel ?? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
        _loggingFunction = options.loggingFunction;
        fixed (byte* logId = NativeText.ToUtf8(string.IsNullOrEmpty(options.logId) ? DefaultLogId : options.logId))
        {
            nint env;
            NativeStatus.Check(options.loggingFunction is null
                ? OrtLibrary.Api->CreateEnv((int)_level, logId, &env)
                : OrtLibrary.Api->CreateEnvWithCustomLogger(&Log, options.loggingParam ?? 0, (int)_level, logId, &env));
            SetHandle(env);
        }
    }

    /// <summary>Whether there is an environment.</summary>
    public static bool IsCreated
    {
        get
        {
            lock (Gate)
            {
                return _instance is { IsClosed: false };
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Lowest severity that the environment logs.</summary>
    /// <exception cref="OnnxRuntimeException">The level is unknown.</exception>
    public OrtLoggingLevel EnvLogLevel
    {
        get => _level;
        set
        {
            using var env = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->UpdateEnvWithCustomLogLevel(env.Pointer, (int)value));
            _level = value;
        }
    }

    /// <summary>The environment; created with defaults if there is none.</summary>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public static OrtEnv Instance()
    {
        lock (Gate)
        {
            if (_instance is null or { IsClosed: true })
            {
                _instance = new OrtEnv(default);
            }

            return _instance;
        }
    }

    /// <summary>Creates the environment with <paramref name="options"/>; to be called before anything else needs one.</summary>
    /// <exception cref="OnnxRuntimeException">There is one already.</exception>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public static OrtEnv CreateInstanceWithOptions(ref EnvironmentCreationOptions options)
    {
        lock (Gate)
        {
            if (_instance is { IsClosed: false })
            {
                throw new OnnxRuntimeException(ErrorCode.RuntimeException, "the environment exists already, so these options would have no effect");
            }

            _instance = new OrtEnv(options);
            return _instance;
        }
    }

    /// <summary>Release of the native library, for instance "1.30.0".</summary>
    public string GetVersionString()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return OrtLibrary.Version;
    }

    /// <summary>Execution providers that the library was built with, for instance "CPUExecutionProvider"; whether their drivers are there shows when a session is created.</summary>
    public string[] GetAvailableProviders()
    {
        byte** names;
        int count;
        NativeStatus.Check(OrtLibrary.Api->GetAvailableProviders(&names, &count));
        try
        {
            var providers = new string[count];
            for (var i = 0; i < count; i++)
            {
                providers[i] = NativeText.FromUtf8(names[i]);
            }

            return providers;
        }
        finally
        {
            NativeStatus.Check(OrtLibrary.Api->ReleaseAvailableProviders(names, count));
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseEnv(handle);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Log(nint param, int severity, byte* category, byte* logId, byte* codeLocation, byte* message)
    {
        try
        {
            _loggingFunction?.Invoke(
                param, (OrtLoggingLevel)severity, NativeText.FromUtf8(category), NativeText.FromUtf8(logId), NativeText.FromUtf8(codeLocation), NativeText.FromUtf8(message));
        }
        catch (Exception e)
        {
            // No exception may cross into C, and the log is what failed: standard error is all that is left.
            Console.Error.WriteLine($"The receiver of ONNX Runtime's log failed ({e.Message}) at: {NativeText.FromUtf8(message)}");
        }
    }
}
