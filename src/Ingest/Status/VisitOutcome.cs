namespace VisionStream.Ingest.Status;

/// <summary>How one opening of a source ended, which decides what happens next.</summary>
internal enum VisitOutcome
{
    /// <summary>The service stopped it.</summary>
    Stopped,

    /// <summary>A file came to its end. Nothing happens next.</summary>
    Ended,

    /// <summary>A publisher hung up on a listening source. It is waited for again at once.</summary>
    PublisherLeft,

    /// <summary>Somebody wants the sound of a source that was opened without asking for it. It is opened again at once.</summary>
    SoundWanted,

    /// <summary>The source is away, or what it sends is useless at the moment. It is tried again, with backoff.</summary>
    Lost,

    /// <summary>Trying again does not mend it, but the other end may change. It is tried again at the longest delay.</summary>
    Unusable,

    /// <summary>Trying again does not mend it and nothing else will. Nothing happens next.</summary>
    Hopeless,
}
