using System.Collections.Immutable;

namespace BriData.Policy.Decisions;

/// <summary>The smallest set of changes that would make the request lawful.</summary>
public sealed record Remedy(string Text, ImmutableArray<RemedyChange> Changes);
