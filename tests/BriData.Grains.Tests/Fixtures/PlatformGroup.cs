namespace BriData.Grains.Tests.Fixtures;

/// <summary>One cluster for all tests that need one; each test uses names of its own.</summary>
[CollectionDefinition(nameof(PlatformGroup), DisableParallelization = true)]
public sealed class PlatformGroup : ICollectionFixture<PlatformFixture>;
