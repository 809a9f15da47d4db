namespace VisionStream.MediaMtx.Control;

/// <summary>The end of a request that brings nothing back but its success. Immutable.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">What happened and what to do, for a person, without credentials; empty when it went well.</param>
public readonly record struct ControlAnswer(ControlOutcome Outcome, string Sentence)
{
    /// <summary>It went well.</summary>
    public static ControlAnswer Done { get; } = new(ControlOutcome.Ok, "");

    /// <summary>Whether it went well.</summary>
    public bool IsOk => Outcome == ControlOutcome.Ok;
}
