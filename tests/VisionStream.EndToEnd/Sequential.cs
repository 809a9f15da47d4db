// Real servers and clients at real rates: two such tests at once on two cores would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
