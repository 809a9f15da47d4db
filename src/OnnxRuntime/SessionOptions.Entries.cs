using System.Globalization;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

// Entries by name: configuration keys, free dimensions, execution providers.
public sealed unsafe partial class SessionOptions
{
    /// <summary>Sets a configuration entry, for instance <c>session.intra_op.allow_spinning</c> to <c>0</c>; a later value replaces an earlier one.</summary>
    /// <exception cref="OnnxRuntimeException">The key or the value is too long.</exception>
    public void AddSessionConfigEntry(string configKey, string configValue)
    {
        using var options = new HandleLease(this);
        fixed (byte* key = NativeText.ToUtf8(configKey), value = NativeText.ToUtf8(configValue))
        {
            NativeStatus.Check(OrtLibrary.Api->AddSessionConfigEntry(options.Pointer, key, value));
        }
    }

    /// <summary>Fixes a free dimension that the model marks with a denotation, for instance <c>DATA_BATCH</c>.</summary>
    public void AddFreeDimensionOverride(string dimDenotation, long dimValue)
    {
        using var options = new HandleLease(this);
        fixed (byte* denotation = NativeText.ToUtf8(dimDenotation))
        {
            NativeStatus.Check(OrtLibrary.Api->AddFreeDimensionOverride(options.Pointer, denotation, dimValue));
        }
    }

    /// <summary>Fixes a free dimension by its name in the model, for instance <c>batch</c>; a name that the model does not have is ignored.</summary>
    public void AddFreeDimensionOverrideByName(string dimName, long dimValue)
    {
        using var options = new HandleLease(this);
        fixed (byte* name = NativeText.ToUtf8(dimName))
        {
            NativeStatus.Check(OrtLibrary.Api->AddFreeDimensionOverrideByName(options.Pointer, name, dimValue));
        }
    }

    /// <summary>Adds an execution provider by its name, for instance <c>XNNPACK</c>; those added first are tried first, the CPU comes last by itself.</summary>
    /// <param name="providerName">Name as the C API knows it.</param>
    /// <param name="providerOptions">Options of that provider; null for none.</param>
    /// <exception cref="OnnxRuntimeException">The library has no such provider, or it refuses an option.</exception>
    public void AppendExecutionProvider(string providerName, Dictionary<string, string>? providerOptions = null)
    {
        using var options = new HandleLease(this);
        fixed (byte* name = NativeText.ToUtf8(providerName))
        {
            using var pairs = new NativeTextPairs(providerOptions ?? []);
            NativeStatus.Check(OrtLibrary.Api->SessionOptionsAppendExecutionProvider(options.Pointer, name, pairs.Keys, pairs.Values, pairs.Count));
        }
    }

    /// <summary>Adds CUDA on one device.</summary>
    /// <param name="deviceId">Number of the device, from 0.</param>
    /// <exception cref="OnnxRuntimeException">The library was built without CUDA, or its CUDA part or the driver is not there.</exception>
    public void AppendExecutionProvider_CUDA(int deviceId = 0)
    {
        using var options = new HandleLease(this);
        using var pairs = new NativeTextPairs(new Dictionary<string, string> { ["device_id"] = deviceId.ToString(CultureInfo.InvariantCulture) });
        var api = OrtLibrary.Api;
        nint cuda;
        NativeStatus.Check(api->CreateCUDAProviderOptions(&cuda));
        try
        {
            NativeStatus.Check(api->UpdateCUDAProviderOptions(cuda, pairs.Keys, pairs.Values, pairs.Count));
            NativeStatus.Check(api->SessionOptionsAppendExecutionProvider_CUDA_V2(options.Pointer, cuda));
        }
        finally
        {
            api->ReleaseCUDAProviderOptions(cuda);
        }
    }
}
