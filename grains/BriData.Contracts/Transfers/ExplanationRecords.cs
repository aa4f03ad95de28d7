using System.Collections.Immutable;

namespace BriData.Contracts.Transfers;

/// <summary>A decision in words, from what was recorded and the documents it names.</summary>
/// <param name="Transfer">Transfer identifier.</param>
/// <param name="Language">Language of the words; a rule whose pack lacks it speaks English.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Reason">Why, in one sentence, with what the decision says of this case in English.</param>
/// <param name="Detail">The recorded sentence, English.</param>
/// <param name="Rules">Rules that matched or may match, in the order of consultation.</param>
/// <param name="Obligations">What must be done.</param>
/// <param name="Mechanisms">Lawful routes relied on or asked for.</param>
/// <param name="Missing">What is missing, and from whom.</param>
/// <param name="Approvals">Whose approval releases the transfer.</param>
/// <param name="Remedy">The smallest known change under which the request would pass; null when there is none or none is needed.</param>
[GenerateSerializer, Immutable, Alias("bridata.explanation")]
public sealed record Explanation(
    [property: Id(0)] string Transfer,
    [property: Id(1)] string Language,
    [property: Id(2)] ExplainedCode Outcome,
    [property: Id(3)] ExplainedCode Reason,
    [property: Id(4)] string Detail,
    [property: Id(5)] ImmutableArray<ExplainedRule> Rules,
    [property: Id(6)] ImmutableArray<ExplainedCode> Obligations,
    [property: Id(7)] ImmutableArray<ExplainedCode> Mechanisms,
    [property: Id(8)] ImmutableArray<ExplainedItem> Missing,
    [property: Id(9)] ImmutableArray<ExplainedApproval> Approvals,
    [property: Id(10)] ImmutableArray<ExplainedItem> Remedy)
{
    /// <summary>The texts stated in the course of the transfer, for auditors of its parties; empty for other readers.</summary>
    [Id(11)]
    public ImmutableArray<PrivateTextView> Texts { get; init; } = [];
}

/// <param name="Code">Stable code.</param>
/// <param name="Text">Its words.</param>
[GenerateSerializer, Immutable, Alias("bridata.explained-code")]
public sealed record ExplainedCode([property: Id(0)] string Code, [property: Id(1)] string Text);

/// <param name="Id">Rule identifier.</param>
/// <param name="Source">Jurisdiction of the pack, <c>agreement</c> or <c>platform</c>.</param>
/// <param name="Citation">Law and article, or agreement clause.</param>
/// <param name="Result"><c>matched</c> or <c>unknown</c>.</param>
/// <param name="Outcome">The rule's outcome; null for a rule that has none.</param>
/// <param name="Text">The rule in words; null for a rule of the platform or the agreement.</param>
/// <param name="DecidedBy">The facts that decided it, by name and label.</param>
[GenerateSerializer, Immutable, Alias("bridata.explained-rule")]
public sealed record ExplainedRule(
    [property: Id(0)] string Id,
    [property: Id(1)] string Source,
    [property: Id(2)] string Citation,
    [property: Id(3)] string Result,
    [property: Id(4)] ExplainedCode? Outcome,
    [property: Id(5)] string? Text,
    [property: Id(6)] ImmutableArray<ExplainedCode> DecidedBy);

/// <summary>Something missing, or something to change.</summary>
/// <param name="Kind"><c>fact</c>, <c>mechanism</c>, <c>purpose</c> or <c>agreement</c>.</param>
/// <param name="Name">Name or code.</param>
/// <param name="Text">Its words.</param>
/// <param name="Value">For a change, the value to reach; for a missing fact or mechanism, who must say or provide it.</param>
[GenerateSerializer, Immutable, Alias("bridata.explained-item")]
public sealed record ExplainedItem(
    [property: Id(0)] string Kind, [property: Id(1)] string Name, [property: Id(2)] string Text, [property: Id(3)] string Value);

/// <param name="Country">Country whose approver must release the transfer.</param>
/// <param name="Role">Role that may approve.</param>
/// <param name="Rule">The rule that asks for it.</param>
[GenerateSerializer, Immutable, Alias("bridata.explained-approval")]
public sealed record ExplainedApproval([property: Id(0)] string Country, [property: Id(1)] string Role, [property: Id(2)] string Rule);
