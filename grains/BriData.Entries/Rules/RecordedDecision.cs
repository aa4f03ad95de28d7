using System.Collections.Immutable;
using System.Text.Json;

namespace BriData.Entries.Rules;

/// <summary>Reads what later acts need from a decision as recorded.</summary>
internal static class RecordedDecision
{
    /// <summary>Countries whose approver must release the transfer.</summary>
    public static string[] ApprovingCountries(ReadOnlyMemory<byte> decision)
    {
        using var document = JsonDocument.Parse(decision);
        return [.. document.RootElement.GetProperty("approvals").EnumerateArray().Select(a => a.GetProperty("country").GetString()!)];
    }

    /// <summary>Obligation codes.</summary>
    public static ImmutableArray<string> Obligations(ReadOnlyMemory<byte> decision)
    {
        using var document = JsonDocument.Parse(decision);
        return [.. document.RootElement.GetProperty("obligations").EnumerateArray().Select(o => o.GetString()!)];
    }
}
