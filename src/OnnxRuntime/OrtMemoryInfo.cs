using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// Names a kind of memory: which allocator's, on which device.
/// </summary>
/// <remarks>Threading: immutable, for any number of threads.</remarks>
public sealed unsafe class OrtMemoryInfo : SafeHandle
{
    private static readonly Lazy<OrtMemoryInfo> Cpu = new(CreateCpu, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Describes memory.</summary>
    /// <param name="allocatorName">Name of the allocator, for instance "Cpu" or "Cuda".</param>
    /// <param name="allocatorType">Kind of allocator.</param>
    /// <param name="deviceId">Number of the device, from 0.</param>
    /// <param name="memoryType">What the memory is for.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime knows no such allocator.</exception>
    public OrtMemoryInfo(string allocatorName, OrtAllocatorType allocatorType, int deviceId, OrtMemType memoryType)
        : base(0, ownsHandle: true)
    {
        fixed (byte* name = NativeText.ToUtf8(allocatorName))
        {
            nint info;
            NativeStatus.Check(OrtLibrary.Api->CreateMemoryInfo(name, (int)allocatorType, deviceId, (int)memoryType, &info));
            SetHandle(info);
        }
    }

    internal OrtMemoryInfo(nint info, bool owned)
        : base(0, owned) => SetHandle(info);

    /// <summary>The CPU's memory, for values over managed or native memory of this process. Not to be disposed.</summary>
    /// <exception cref="DllNotFoundException">There is no usable native library: the message says what to do.</exception>
    public static OrtMemoryInfo DefaultInstance => Cpu.Value;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Name of the allocator.</summary>
    public string Name
    {
        get
        {
            using var info = new HandleLease(this);
            byte* name;
            NativeStatus.Check(OrtLibrary.Api->MemoryInfoGetName(info.Pointer, &name));
            return NativeText.FromUtf8(name);
        }
    }

    /// <summary>Number of the device.</summary>
    public int Id
    {
        get
        {
            using var info = new HandleLease(this);
            int id;
            NativeStatus.Check(OrtLibrary.Api->MemoryInfoGetId(info.Pointer, &id));
            return id;
        }
    }

    /// <summary>What the memory is for.</summary>
    public OrtMemType GetMemoryType()
    {
        using var info = new HandleLease(this);
        int type;
        NativeStatus.Check(OrtLibrary.Api->MemoryInfoGetMemType(info.Pointer, &type));
        return (OrtMemType)type;
    }

    /// <summary>Kind of allocator.</summary>
    public OrtAllocatorType GetAllocatorType()
    {
        using var info = new HandleLease(this);
        int type;
        NativeStatus.Check(OrtLibrary.Api->MemoryInfoGetType(info.Pointer, &type));
        return (OrtAllocatorType)type;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtLibrary.Api->ReleaseMemoryInfo(handle);
        return true;
    }

    private static OrtMemoryInfo CreateCpu()
    {
        nint info;
        NativeStatus.Check(OrtLibrary.Api->CreateCpuMemoryInfo((int)OrtAllocatorType.DeviceAllocator, (int)OrtMemType.Cpu, &info));
        return new OrtMemoryInfo(info, owned: true);
    }
}
