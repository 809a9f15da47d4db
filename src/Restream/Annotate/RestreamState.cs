namespace VisionStream.Restream.Annotate;

/// <summary>What an annotated stream is doing.</summary>
public enum RestreamState
{
    /// <summary>No frame has come yet, so the size of the output is not known.</summary>
    Waiting,

    /// <summary>The target is being reached.</summary>
    Connecting,

    /// <summary>Frames go out.</summary>
    Live,

    /// <summary>The source is away; its last picture goes out, dimmed.</summary>
    NoSignal,

    /// <summary>The target is away; it is being tried again.</summary>
    Retrying,

    /// <summary>It has been stopped, or the target was given up.</summary>
    Stopped,
}
