using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Entries.Rules;

/// <summary>From the terms as stated to the terms as the decision engine takes them. The document was checked when drafted.</summary>
internal static class TermsReader
{
    public static AgreementTerms Read(AgreementDocument document) => new()
    {
        Id = document.Id,
        Version = 1,
        ValidFrom = document.ValidFrom,
        ValidTo = document.ValidTo,
        Grants = [.. document.Grants.Select(g => new Grant(
            g.Id, g.DataSets, g.Importers, g.Purposes, Level(g.MaxLevel), g.ApprovalBy, g.TransfersPerYear)
        {
            OnwardTo = [.. (g.OnwardTo ?? []).Distinct().Order(StringComparer.Ordinal)],
        })],
        Recognitions = [.. (document.Recognitions ?? []).Select(r => new Recognition(r.Country, r.Mark, Level(r.Level), r.From, r.Until))],
        Mechanisms = [.. (document.Mechanisms ?? []).Select(m => new MechanismRecord(m.Code, m.Jurisdiction, m.From, m.Until, Facts(m.Facts)))],
    };

    /// <summary>The document with nothing left out and its parties in order.</summary>
    public static AgreementDocument Complete(AgreementDocument document) => document with
    {
        Parties = document.Parties.Sort(StringComparer.Ordinal),
        Recognitions = document.Recognitions ?? [],
        Mechanisms = [.. (document.Mechanisms ?? []).Select(m => m.Facts.Utf8.IsEmpty ? m with { Facts = JsonText.EmptyObject } : m)],
    };

    public static bool TryLevel(string text, out SecurityLevel level) =>
        Enum.TryParse(text, ignoreCase: true, out level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0]);

    public static FactSet Facts(JsonText facts) => facts.Utf8.IsEmpty ? FactSet.Empty : FactSet.Parse(facts.Utf8.Span).Facts!;

    private static SecurityLevel Level(string text) => TryLevel(text, out var level) ? level : SecurityLevel.Open;
}
