namespace VisionStream.EndToEnd.Peers;

/// <summary>The signals that tests send, by their numbers on Linux.</summary>
public enum UnixSignal
{
    /// <summary>SIGINT, what Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL, which cannot be caught.</summary>
    Kill = 9,

    /// <summary>SIGTERM, what service managers send.</summary>
    Terminate = 15,

    /// <summary>SIGCONT, ends <see cref="Pause"/>.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: the process stays and does nothing.</summary>
    Pause = 19,
}
