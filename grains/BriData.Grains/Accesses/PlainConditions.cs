using System.Buffers;
using BriData.Contracts.Audit;
using BriData.Entries;
using BriData.Entries.Events;
using BriData.Entries.Transfers;
using BriData.Grains.Security;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Grains.Accesses;

/// <summary>
/// Which conditions of a question may stand on a ledger in the clear: those whose value has the form that its name asks for.
/// Whatever else was asked for, and words always, may name a person (I9).
/// </summary>
internal static class PlainConditions
{
    private const int MaxValue = 200;

    private static readonly SearchValues<char> CursorCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> SourceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool Contains(AccessCondition asked) => asked.Value.Length == 0 || (asked.Value.Length <= MaxValue && asked.Name switch
    {
        "country" => asked.Value.Length == 2 && asked.Value.All(char.IsAsciiLetterUpper),
        "agency" => Identifiers.IsAgency(asked.Value),
        "agreement" => Identifiers.IsAgreement(asked.Value),
        "dataset" => Identifiers.IsDataSet(asked.Value),
        "transfer" => TransferId.TryParse(asked.Value, out _),
        "outcome" => Enum.GetNames<DecisionOutcome>().Contains(asked.Value),
        "kind" => EventCatalog.Find(asked.Value) is not null,
        "obligation" => Vocabulary.IsObligation(asked.Value),
        "officer" => OfficerPseudonyms.IsPseudonym(asked.Value),
        "rule" => IsRule(asked.Value),
        "cursor" => !asked.Value.AsSpan().ContainsAnyExcept(CursorCharacters),

        // Written by the platform, from what was understood as a time.
        "from" or "to" => true,
        _ => false,
    });

    private static bool IsRule(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        return colon != 0
            && (colon < 0 || !value[..colon].ContainsAnyExcept(SourceCharacters))
            && value.Length > colon + 1
            && !value[(colon + 1)..].ContainsAnyExcept(RuleCharacters);
    }
}
