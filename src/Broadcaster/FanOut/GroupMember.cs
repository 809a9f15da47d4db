namespace VisionStream.Broadcaster.FanOut;

/// <summary>
/// A subscriber with the two things that every delivery asks of it, side by side, so that the usual one needs no look into the
/// subscriber: memory that is touched 20,000 times a second is what the worker waits for.
/// </summary>
internal readonly record struct GroupMember(Subscriber Subscriber, Outbox Outbox, bool WantsAll);
