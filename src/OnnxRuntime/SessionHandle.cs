using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Owns a native session, and a reference to the environment it was made in, which must outlive it.</summary>
internal sealed unsafe class SessionHandle : SafeHandle
{
    private readonly OrtEnv _env;

    /// <summary>Takes ownership of <paramref name="session"/>; the caller holds a lease of <paramref name="env"/> meanwhile.</summary>
    internal SessionHandle(nint session, OrtEnv env)
        : base(0, ownsHandle: true)
    {
        var held = false;
        env.DangerousAddRef(ref held);
        _env = env;
        SetHandle(session);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseSession(handle);
        _env.DangerousRelease();
        return true;
    }
}
