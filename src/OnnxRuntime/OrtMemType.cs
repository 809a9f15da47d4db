namespace Microsoft.ML.OnnxRuntime;

/// <summary>What memory of an execution provider is for.</summary>
public enum OrtMemType
{
    /// <summary>CPU memory that a provider other than the CPU's reads.</summary>
    CpuInput = -2,

    /// <summary>CPU memory that a provider other than the CPU's writes, for instance pinned memory of CUDA.</summary>
    CpuOutput = -1,

    /// <summary>The same as <see cref="CpuOutput"/>.</summary>
    Cpu = CpuOutput,

    /// <summary>The provider's default memory.</summary>
    Default = 0,
}
