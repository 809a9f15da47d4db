namespace VisionStream.Tests.LibAv;

/// <summary>Tests that listen to libav's log, of which a process has one: they run while no other test does.</summary>
[CollectionDefinition(nameof(WholeProcessLog), DisableParallelization = true)]
public sealed class WholeProcessLog;
