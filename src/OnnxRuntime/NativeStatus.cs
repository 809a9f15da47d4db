using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The one place where a native status is looked at and released.</summary>
internal static unsafe class NativeStatus
{
    /// <summary>Returns when <paramref name="status"/> is null, which is success; takes ownership of any other.</summary>
    /// <exception cref="OnnxRuntimeException">With the status's code and text.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // One compare on the hot path; the throwing part stays out of line.
    internal static void Check(OrtStatus* status)
    {
        if (status != null)
        {
            Throw(status);
        }
    }

    [DoesNotReturn]
    private static void Throw(OrtStatus* status) => throw Take(status);

    private static OnnxRuntimeException Take(OrtStatus* status)
    {
        var api = OrtLibrary.Api;
        try
        {
            return new OnnxRuntimeException((ErrorCode)api->GetErrorCode(status), NativeText.FromUtf8(api->GetErrorMessage(status)).TrimEnd());
        }
        finally
        {
            api->ReleaseStatus(status);
        }
    }
}
