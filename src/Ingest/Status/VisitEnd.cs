namespace VisionStream.Ingest.Status;

/// <summary>How one opening of a source ended, and why.</summary>
/// <param name="Outcome">What decides on the next step.</param>
/// <param name="Reason">One sentence for a person, without secrets.</param>
internal readonly record struct VisitEnd(VisitOutcome Outcome, string Reason);
