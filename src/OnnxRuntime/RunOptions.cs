using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// What single runs are made with; one instance serves any number of runs.
/// </summary>
/// <remarks>Threading: <see cref="Terminate"/> may be set by any thread while runs go on; everything else by one thread at a time, between runs.</remarks>
public sealed unsafe class RunOptions : SafeHandle
{
    private OrtLoggingLevel _logSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING;
    private int _logVerbosityLevel;
    private string _logId = "";
    private bool _terminate;

    /// <summary>Options with all defaults.</summary>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public RunOptions()
        : base(0, ownsHandle: true)
    {
        nint options;
        NativeStatus.Check(OrtLibrary.Api->CreateRunOptions(&options));
        SetHandle(options);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Lowest severity that a run logs (default: warning).</summary>
    public OrtLoggingLevel LogSeverityLevel
    {
        get => _logSeverityLevel;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(OrtLibrary.Api->RunOptionsSetRunLogSeverityLevel(options.Pointer, (int)value));
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
            NativeStatus.Check(OrtLibrary.Api->RunOptionsSetRunLogVerbosityLevel(options.Pointer, value));
            _logVerbosityLevel = value;
        }
    }

    /// <summary>Name of the run in log messages (default: empty).</summary>
    public string LogId
    {
        get => _logId;
        set
        {
            using var options = new HandleLease(this);
            fixed (byte* tag = NativeText.ToUtf8(value))
            {
                NativeStatus.Check(OrtLibrary.Api->RunOptionsSetRunTag(options.Pointer, tag));
            }

            _logId = value;
        }
    }

    /// <summary>
    /// Set to true, it makes all runs with these options end with an <see cref="OnnxRuntimeException"/> after the operator they are in,
    /// and later ones at once, until it is false again (default: false).
    /// </summary>
    public bool Terminate
    {
        get => _terminate;
        set
        {
            using var options = new HandleLease(this);
            NativeStatus.Check(value ? OrtLibrary.Api->RunOptionsSetTerminate(options.Pointer) : OrtLibrary.Api->RunOptionsUnsetTerminate(options.Pointer));
            _terminate = value;
        }
    }

    /// <summary>Sets a configuration entry of a run, for instance <c>memory.enable_memory_arena_shrinkage</c> to <c>cpu:0</c>.</summary>
    /// <exception cref="OnnxRuntimeException">The key or the value is too long.</exception>
    public void AddRunConfigEntry(string configKey, string configValue)
    {
        using var options = new HandleLease(this);
        fixed (byte* key = NativeText.ToUtf8(configKey), value = NativeText.ToUtf8(configValue))
        {
            NativeStatus.Check(OrtLibrary.Api->AddRunConfigEntry(options.Pointer, key, value));
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseRunOptions(handle);
        return true;
    }
}
