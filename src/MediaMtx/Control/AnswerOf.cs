using System.Diagnostics.CodeAnalysis;

namespace VisionStream.MediaMtx.Control;

/// <summary>The end of a request that brings something back. Immutable.</summary>
/// <typeparam name="T">What it brings.</typeparam>
public readonly record struct AnswerOf<T>
    where T : class
{
    private readonly ControlAnswer _end;

    private AnswerOf(ControlAnswer end, T? value) => (_end, Value) = (end, value);

    /// <summary>How it ended.</summary>
    public ControlOutcome Outcome => _end.Outcome;

    /// <summary>What happened and what to do, for a person, without credentials; empty when it went well.</summary>
    public string Sentence => _end.Sentence ?? "";

    /// <summary>What came; <see langword="null"/> unless it went well.</summary>
    public T? Value { get; }

    /// <summary>Whether it went well.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null;

    /// <summary>The end without what it brought.</summary>
    public ControlAnswer End => _end;

    /// <summary>It went well and brought this.</summary>
    internal static AnswerOf<T> Of(T value) => new(ControlAnswer.Done, value);

    /// <summary>It did not go well.</summary>
    internal static AnswerOf<T> Failed(ControlAnswer end) => new(end, null);
}
