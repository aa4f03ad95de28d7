using System.Collections.Immutable;
using System.Text.Json;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Rules;

/// <summary>Reads single members of a decision as recorded, which is canonical JSON.</summary>
internal static class RecordedDecision
{
    /// <summary>Countries whose approver must release the transfer.</summary>
    public static string[] ApprovingCountries(ReadOnlyMemory<byte> decision) =>
        [.. Items(decision, "approvals"u8).Select(a => a.GetProperty("country").GetString()!)];

    /// <summary>Obligation codes.</summary>
    public static ImmutableArray<string> Obligations(ReadOnlyMemory<byte> decision) =>
        [.. Items(decision, "obligations"u8).Select(o => o.GetString()!)];

    /// <summary>A text that is a member of the decision; null when it has none of that name.</summary>
    public static string? Word(ReadOnlyMemory<byte> decision, ReadOnlySpan<byte> member) => CanonicalMembers.TextOf(Find(decision.Span, member));

    private static JsonElement[] Items(ReadOnlyMemory<byte> decision, ReadOnlySpan<byte> member)
    {
        var value = Find(decision.Span, member);
        var reader = new Utf8JsonReader(value);
        return value.IsEmpty ? throw Unreadable() : [.. JsonElement.ParseValue(ref reader).EnumerateArray()];
    }

    // Members behind the one that is looked for are not read.
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> decision, ReadOnlySpan<byte> member)
    {
        var members = new CanonicalMembers(decision);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(member))
            {
                return members.Value;
            }
        }

        return default;
    }

    private static InvalidOperationException Unreadable() => new("The decision lacks a member that every decision has.");
}
