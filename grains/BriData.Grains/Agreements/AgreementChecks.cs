using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Entries;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.Registry;
using BriData.Grains.Rules;
using BriData.Policy.Facts;

namespace BriData.Grains.Agreements;

/// <summary>Whether terms are well formed and speak only of their parties. Collects every problem at once.</summary>
internal sealed class AgreementChecks
{
    private const int MaxGrants = 200;
    private const int MaxList = 500;
    private const int MaxRetentionDays = 36_500;

    private readonly List<FieldProblem> _problems = [];
    private readonly AgreementDocument _document;

    private AgreementChecks(AgreementDocument document) => _document = document;

    /// <summary>Null when the terms are in order.</summary>
    public static Refusal? Run(AgreementDocument document)
    {
        var checks = new AgreementChecks(document);
        checks.Header();
        checks.Retention();
        checks.Grants();
        checks.Recognitions();
        checks.Mechanisms();
        return checks._problems.Count == 0
            ? null
            : new Refusal(checks._problems[0].Code, $"The terms are not in order: {checks._problems[0].Message}") { Fields = [.. checks._problems] };
    }

    /// <summary>Agencies that the terms name, exporters and importers, sorted.</summary>
    public static IEnumerable<string> AgenciesOf(AgreementDocument document) => document.Grants
        .SelectMany(g => g.Importers.Concat(g.DataSets.Select(d => d[..d.LastIndexOf('/')])))
        .Distinct()
        .Order(StringComparer.Ordinal);

    private void Header()
    {
        Require(Identifiers.IsAgreement(_document.Id), "id", "An identifier has 2 to 64 characters of a-z, 0-9 and '-'.");
        Require(_document.Title?.ContainsKey("en") == true, "title", "A title in English ('en') is needed.");
        Require(!_document.Parties.IsDefault && _document.Parties.Distinct().Count() == _document.Parties.Length && _document.Parties.Length is >= 2 and <= 50, "parties", "Two to fifty different parties are needed.");
        foreach (var party in _document.Parties.IsDefault ? [] : _document.Parties)
        {
            Require(IsoCountries.Contains(party), "parties", $"'{party}' is not an ISO 3166-1 alpha-2 code.", ErrorCodes.UnknownCountry);
        }

        Require(_document.ValidTo is null || _document.ValidTo >= _document.ValidFrom, "validTo", "validTo is before validFrom.");
        Require(_document.TransferValidDays is >= 1 and <= 3650, "transferValidDays", "transferValidDays is 1 to 3650.");
        Require(_document.MaxPayloadBytes is null or > 0, "maxPayloadBytes", "maxPayloadBytes is positive.");
    }

    private void Retention()
    {
        foreach (var (name, kept) in _document.Retention ?? ImmutableSortedDictionary<string, RetentionDocument>.Empty)
        {
            Require(RetentionClass.All.Contains(name), $"retention.{name}", $"'{name}' is none of {string.Join(", ", RetentionClass.All)}.");
            Require(kept?.Days is >= 1 and <= MaxRetentionDays, $"retention.{name}.days", $"days is 1 to {MaxRetentionDays}.");
        }
    }

    private void Grants()
    {
        if (_document.Grants.IsDefaultOrEmpty || _document.Grants.Length > MaxGrants)
        {
            Require(false, "grants", $"One to {MaxGrants} grants are needed.");
            return;
        }

        Require(_document.Grants.Select(g => g.Id).Distinct().Count() == _document.Grants.Length, "grants", "Grant identifiers must differ.");
        for (var i = 0; i < _document.Grants.Length; i++)
        {
            GrantAt(_document.Grants[i], $"grants[{i}]");
        }
    }

    private void GrantAt(GrantDocument grant, string path)
    {
        Require(!string.IsNullOrWhiteSpace(grant.Id), path + ".id", "A grant needs an identifier.");
        Require(!grant.DataSets.IsDefaultOrEmpty && grant.DataSets.Length <= MaxList, path + ".dataSets", "A grant needs data sets.");
        foreach (var dataSet in grant.DataSets.IsDefault ? [] : grant.DataSets)
        {
            Require(Identifiers.IsDataSetPattern(dataSet) && IsParty(dataSet[..2]), path + ".dataSets", $"'{dataSet}' is not a data set of a party.", ErrorCodes.UnknownDataSet);
        }

        Require(!grant.Importers.IsDefaultOrEmpty && grant.Importers.Length <= MaxList, path + ".importers", "A grant needs importers.");
        foreach (var importer in grant.Importers.IsDefault ? [] : grant.Importers)
        {
            Require(Identifiers.IsAgency(importer) && IsParty(importer[..2]), path + ".importers", $"'{importer}' is not an agency of a party.", ErrorCodes.UnknownAgency);
        }

        Require(!grant.Purposes.IsDefaultOrEmpty, path + ".purposes", "A grant needs purposes.");
        foreach (var purpose in grant.Purposes.IsDefault ? [] : grant.Purposes)
        {
            Require(Vocabulary.IsPurpose(purpose), path + ".purposes", $"'{purpose}' is not a purpose of the vocabulary.", ErrorCodes.UnknownPurpose);
        }

        Require(TermsReader.TryLevel(grant.MaxLevel, out _), path + ".maxLevel", "maxLevel is one of open, internal, restricted, confidential, secret, top.");
        Require(grant.ApprovalBy is null || IsParty(grant.ApprovalBy), path + ".approvalBy", "approvalBy is no party.");
        foreach (var country in grant.OnwardTo ?? [])
        {
            Require(IsoCountries.Contains(country), path + ".onwardTo", $"'{country}' is not an ISO 3166-1 alpha-2 code.", ErrorCodes.UnknownCountry);
        }

        Require(grant.TransfersPerYear is null or > 0, path + ".transfersPerYear", "transfersPerYear is positive.");
    }

    private void Recognitions()
    {
        var recognitions = _document.Recognitions ?? [];
        for (var i = 0; i < recognitions.Length; i++)
        {
            var r = recognitions[i];
            Require(IsParty(r.Country), $"recognitions[{i}].country", $"'{r.Country}' is no party.");
            Require(!string.IsNullOrWhiteSpace(r.Mark), $"recognitions[{i}].mark", "A mark is needed.");
            Require(TermsReader.TryLevel(r.Level, out _), $"recognitions[{i}].level", "level is one of open, internal, restricted, confidential, secret, top.");
            Require(r.Until is null || r.Until >= r.From, $"recognitions[{i}].until", "until is before from.");
        }
    }

    private void Mechanisms()
    {
        var mechanisms = _document.Mechanisms ?? [];
        for (var i = 0; i < mechanisms.Length; i++)
        {
            var m = mechanisms[i];
            Require(Vocabulary.IsMechanism(m.Code), $"mechanisms[{i}].code", $"'{m.Code}' is not a mechanism of the vocabulary.");
            Require(m.Jurisdiction is { Length: >= 2 }, $"mechanisms[{i}].jurisdiction", "A jurisdiction is needed.");
            Require(m.Until is null || m.Until >= m.From, $"mechanisms[{i}].until", "until is before from.");
            if (m.Facts.Utf8.IsEmpty)
            {
                continue;
            }

            var facts = FactSet.Parse(m.Facts.Utf8.Span);
            if ((facts.Facts is { } stated ? AssertableFacts.Check(stated, FactSource.Exporter) : PolicyRefusals.InvalidFacts(facts)) is { } refusal)
            {
                _problems.AddRange(refusal.Fields);
            }
        }
    }

    private bool IsParty(string country) => !_document.Parties.IsDefault && _document.Parties.Contains(country);

    private void Require(bool condition, string field, string message, string code = ErrorCodes.InvalidField)
    {
        if (!condition)
        {
            _problems.Add(new FieldProblem(field, code, message));
        }
    }
}
