using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// What a session is created with. A session copies it, so it may be changed, used again or disposed afterwards.
/// </summary>
/// <remarks>
/// Threading: one thread at a time. Each property sets the native option at once; values that ONNX Runtime refuses throw
/// <see cref="OnnxRuntimeException"/>. Execution providers and entries by name are in the other part of this type.
/// </remarks>
public sealed unsafe partial class SessionOptions : SafeHandle
{
    private bool _memoryPattern = true;
    private bool _cpuMemArena = true;
    private bool _profiling;
    private string _optimizedModelFilePath = "";
    private string _logId = "";
    private OrtLoggingLevel _logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _logVerbosityLevel;
    private int _intraOpNumThreads;
    private int _interOpNumThreads;
    private GraphOptimizationLevel _graphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
    private ExecutionMode _executionMode = ExecutionMode.ORT_SEQUENTIAL;

    /// <summary>Options with all defaults.</summary>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public SessionOptions()
        : base(0, ownsHandle: true)
    {
        OrtEnv.Instance();
        nint options;
        NativeStatus.Check(OrtLibrary.Api->CreateSessionOptions(&options));
        SetHandle(options);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Plans memory in the first run for later runs of the same shape (default: true).</summary>
    public bool EnableMemoryPattern
    {
        get => _memoryPattern;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(value ? OrtLibrary.Api->EnableMemPattern(options.Pointer) : OrtLibrary.Api->DisableMemPattern(options.Pointer));
            _memoryPattern = value;
        }
    }

    /// <summary>Keeps freed CPU memory in an arena for the next run (default: true).</summary>
    public bool EnableCpuMemArena
    {
        get => _cpuMemArena;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(value ? OrtLibrary.Api->EnableCpuMemArena(options.Pointer) : OrtLibrary.Api->DisableCpuMemArena(options.Pointer));
            _cpuMemArena = value;
        }
    }

    /// <summary>Start of the profile's file name (default: "onnxruntime_profile_"); to be set before <see cref="EnableProfiling"/>.</summary>
    public string ProfileOutputPathPrefix { get; set; } = "onnxruntime_profile_";

    /// <summary>Writes a profile of each session, in Chrome's trace format (default: false).</summary>
    public bool EnableProfiling
    {
        get => _profiling;
        set
        {
            using var options = new HandleLease(this);
            fixed (byte* prefix = NativeText.ToUtf8(ProfileOutputPathPrefix))
            {
                NativeStatus.Check(value ? OrtLibrary.Api->EnableProfiling(options.Pointer, prefix) : OrtLibrary.Api->DisableProfiling(options.Pointer));
            }

            _profiling = value;
        }
    }

    /// <summary>Where to write the optimised graph when a session is created (default: empty, nowhere).</summary>
    public string OptimizedModelFilePath
    {
        get => _optimizedModelFilePath;
        set
        {
            using var options = new HandleLease(this);
            fixed (byte* path = NativeText.ToUtf8(value))
            {
                NativeStatus.Check(OrtLibrary.Api->SetOptimizedModelFilePath(options.Pointer, path));
            }

            _optimizedModelFilePath = value;
        }
    }

    /// <summary>Name of the session in log messages (default: empty).</summary>
    public string LogId
    {
        get => _logId;
        set
        {
            using var options = new HandleLease(this);
            fixed (byte* logId = NativeText.ToUtf8(value))
            {
                NativeStatus.Check(OrtLibrary.Api->SetSessionLogId(options.Pointer, logId));
            }

            _logId = value;
        }
    }

    /// <summary>Lowest severity that the session logs (default: warning).</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get => _logSeverityLevel;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetSessionLogSeverityLevel(options.Pointer, (int)value));
            _logSeverityLevel = value;
        }
    }

    /// <summary>How much is logged at the level verbose, from 0 (default: 0).</summary>
    public int LogVerbosityLevel
    {
        get => _logVerbosityLevel;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetSessionLogVerbosityLevel(options.Pointer, value));
            _logVerbosityLevel = value;
        }
    }

    /// <summary>Threads that share the work inside one operator, the caller's among them (default: 0, one for each physical core).</summary>
    public int IntraOpNumThreads
    {
        get => _intraOpNumThreads;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetIntraOpNumThreads(options.Pointer, value));
            _intraOpNumThreads = value;
        }
    }

    /// <summary>Threads that run operators side by side; only with <see cref="ExecutionMode.ORT_PARALLEL"/> (default: 0, chosen by ONNX Runtime).</summary>
    public int InterOpNumThreads
    {
        get => _interOpNumThreads;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetInterOpNumThreads(options.Pointer, value));
            _interOpNumThreads = value;
        }
    }

    /// <summary>How far the graph is rewritten (default: everything).</summary>
    public GraphOptimizationLevel GraphOptimizationLevel
    {
        get => _graphOptimizationLevel;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetSessionGraphOptimizationLevel(options.Pointer, (int)value));
            _graphOptimizationLevel = value;
        }
    }

    /// <summary>Whether branches run side by side (default: one after the other).</summary>
    public ExecutionMode ExecutionMode
    {
        get => _executionMode;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->SetSessionExecutionMode(options.Pointer, (int)value));
            _executionMode = value;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseSessionOptions(handle);
        return true;
    }
}
