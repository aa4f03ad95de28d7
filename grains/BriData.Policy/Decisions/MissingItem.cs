namespace BriData.Policy.Decisions;

/// <summary>Something the decision lacked.</summary>
/// <param name="Kind"><c>fact</c> or <c>mechanism</c>.</param>
/// <param name="Name">Fact name or mechanism code.</param>
/// <param name="Source">Who can supply it: <c>platform</c>, <c>exporter</c>, <c>requester</c>, <c>agreement</c>.</param>
public sealed record MissingItem(string Kind, string Name, string Source);
