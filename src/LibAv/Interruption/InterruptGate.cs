using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VisionStream.LibAv.Native;

namespace VisionStream.LibAv;

/// <summary>
/// Ends blocking calls of libavformat by deadline or token. Armed and asked by the one thread that uses the input or
/// output; libav calls back on that thread (and on threads of its own, which only read). libav asks at least every 100 ms
/// while it waits for a socket (POLLING_TIME in libavformat/network.h).
/// </summary>
internal sealed unsafe class InterruptGate(TimeProvider timeProvider, CancellationToken cancellationToken)
{
    private long _deadline = long.MaxValue;
    private volatile InterruptCause _cause;
    private volatile bool _ignoreToken;

    /// <summary>Why the call since the last <see cref="Arm"/> was ended; None when it was not.</summary>
    public InterruptCause Cause => _cause;

    /// <summary>Starts the deadline of the next call.</summary>
    public void Arm(TimeSpan timeout)
    {
        _cause = InterruptCause.None;
        var deadline = timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : timeProvider.GetTimestamp() + (long)(timeout.TotalSeconds * timeProvider.TimestampFrequency);
        Volatile.Write(ref _deadline, deadline);
    }

    /// <summary>Starts the deadline of saying goodbye to the other end, which happens although the token may be cancelled.</summary>
    public void ArmForClosing(TimeSpan timeout)
    {
        _ignoreToken = true;
        Arm(timeout);
    }

    /// <summary>What libav gets: the callback, with a handle from <see cref="Attach"/>.</summary>
    public static AVIOInterruptCB CallbackFor(GCHandle gate)
    {
        return new AVIOInterruptCB { callback = &OnAsked, opaque = (void*)GCHandle.ToIntPtr(gate) };
    }

    /// <summary>A handle that keeps the gate alive for libav; the caller frees it after libav has let go.</summary>
    public GCHandle Attach()
    {
        return GCHandle.Alloc(this);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAsked(void* opaque)
    {
        try
        {
            return GCHandle.FromIntPtr((nint)opaque).Target is InterruptGate gate && gate.ShouldStop() ? 1 : 0;
        }
        catch (Exception)
        {
            // Nothing may be thrown into C; a clock that fails ends the call.
            return 1;
        }
    }

    private bool ShouldStop()
    {
        if (!_ignoreToken && cancellationToken.IsCancellationRequested)
        {
            _cause = InterruptCause.Cancelled;
        }
        else if (timeProvider.GetTimestamp() >= Volatile.Read(ref _deadline))
        {
            _cause = InterruptCause.Deadline;
        }

        return _cause != InterruptCause.None;
    }
}
