using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>What a process has used so far, read from <c>/proc/PID/stat</c> (proc(5)).</summary>
/// <param name="User">Processor time in its own code.</param>
/// <param name="Kernel">Processor time in the kernel on its behalf.</param>
/// <param name="ResidentBytes">Memory it holds.</param>
internal readonly record struct ProcessUsage(TimeSpan User, TimeSpan Kernel, long ResidentBytes)
{
    // USER_HZ and the page size are 100 and 4096 on x86-64 and arm64 Linux alike.
    private const double TicksPerSecond = 100;
    private const long PageBytes = 4096;

    // Fields are counted from behind the command, which is in parentheses and may hold anything: state is field 3 of the manual.
    private const int UserField = 14 - 3;
    private const int KernelField = 15 - 3;
    private const int ResidentField = 24 - 3;

    /// <summary>Reads it now.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static ProcessUsage Of(int processId) => Parse(File.ReadAllText($"/proc/{processId}/stat"));

    /// <summary>Reads the text of such a file.</summary>
    public static ProcessUsage Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessUsage(
            TimeSpan.FromSeconds(Number(UserField) / TicksPerSecond),
            TimeSpan.FromSeconds(Number(KernelField) / TicksPerSecond),
            Number(ResidentField) * PageBytes);

        long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}
