namespace VisionStream.Broadcaster.FanOut;

/// <summary>For one thread. A shard's subscribers; those with the same variant of a message form a group, which is given the same frame.</summary>
internal sealed class SubscriberGroups
{
    private readonly Dictionary<FrameVariant, List<GroupMember>> _groups = [];

    /// <summary>The groups, to read; none is empty.</summary>
    public Dictionary<FrameVariant, List<GroupMember>> ByVariant => _groups;

    /// <summary>All subscribers.</summary>
    public IEnumerable<GroupMember> Members => _groups.Values.SelectMany(g => g);

    /// <summary>Puts a subscriber into the group of its variant.</summary>
    public void Add(Subscriber subscriber)
    {
        if (!_groups.TryGetValue(subscriber.Variant, out var members))
        {
            _groups.Add(subscriber.Variant, members = []);
        }

        subscriber.Index = members.Count;
        members.Add(new GroupMember(subscriber, subscriber.Outbox, subscriber.WantsAll));
    }

    /// <summary>Takes a subscriber out, if it is in: the last of its group takes its place.</summary>
    public void Remove(Subscriber subscriber)
    {
        if (subscriber.Index == Subscriber.Nowhere)
        {
            return;
        }

        var members = _groups[subscriber.Variant];
        var last = members[^1];
        members[subscriber.Index] = last;
        last.Subscriber.Index = subscriber.Index;
        members.RemoveAt(members.Count - 1);
        subscriber.Index = Subscriber.Nowhere;
        if (members.Count == 0)
        {
            _groups.Remove(subscriber.Variant);
        }
    }
}
