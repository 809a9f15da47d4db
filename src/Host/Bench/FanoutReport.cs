using System.Globalization;

namespace VisionStream.Host.Bench;

/// <summary>What <c>bench fanout</c> measured. Immutable.</summary>
/// <param name="Subscribers">Connections that were open all the time.</param>
/// <param name="Messages">Messages published in the time measured.</param>
/// <param name="Delivered">Of them, how often one arrived somewhere.</param>
/// <param name="Lost">Numbers that some connection missed between two that it got.</param>
/// <param name="Disordered">Numbers that came again or too late; anything but 0 is a defect.</param>
/// <param name="Dropped">Connections that ended before the measurement did.</param>
/// <param name="MessageBytes">Length of a message with its frame's header, on average.</param>
/// <param name="SpreadMsP50">From the first subscriber that has a message to the last: median.</param>
/// <param name="SpreadMsP99">The same, 99th percentile.</param>
/// <param name="SpreadMsMax">The same, largest.</param>
/// <param name="ServerCpuUs">Processor time of the server per delivered message, in microseconds, user and kernel.</param>
/// <param name="ServerKernelUs">The kernel's part of it.</param>
/// <param name="ServerMegabytes">Resident memory of the server at the end.</param>
internal sealed record FanoutReport(
    int Subscribers,
    int Messages,
    long Delivered,
    long Lost,
    long Disordered,
    int Dropped,
    double MessageBytes,
    double SpreadMsP50,
    double SpreadMsP99,
    double SpreadMsMax,
    double ServerCpuUs,
    double ServerKernelUs,
    double ServerMegabytes)
{
    /// <summary>Whether everybody got everything in order.</summary>
    public bool IsComplete => Lost == 0 && Disordered == 0 && Dropped == 0 && Delivered == (long)Subscribers * Messages;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        subscribers          {Subscribers}
        messages             {Messages} of {MessageBytes:F0} bytes
        delivered            {Delivered} of {(long)Subscribers * Messages}, lost {Lost}, disordered {Disordered}, connections ended {Dropped}
        first to last        p50 {SpreadMsP50:F1} ms   p99 {SpreadMsP99:F1} ms   max {SpreadMsMax:F1} ms
        server CPU           {ServerCpuUs:F2} us a delivered message, {ServerKernelUs:F2} of it in the kernel
        server memory        {ServerMegabytes:F0} MB
        """);
}
