using System.Collections.Frozen;
using BriData.Entries.Accesses;
using BriData.Ledger;
using BriData.Ledger.Documents;

namespace BriData.Entries.Judging;

/// <summary>What may stand on the ledger of a country's accesses: what its auditors and regulators have read.</summary>
internal sealed class AccessBook : RuleBook<AccessBook>
{
    private static readonly FrozenDictionary<string, Row<AccessBook>> Rows = TableOf(
        new Row<AccessBook>("audit.accessed", ActedBy.Person, Members.None, static (b, e) => b.Accessed(e, (AuditAccessed)e.Event.Data), Members.Transfer));

    private readonly string _country;
    private readonly HashSet<long> _exports = [];

    public AccessBook(LedgerId ledger, IDocumentReader documents)
        : base(documents) => _country = ledger.Name;

    protected override FrozenDictionary<string, Row<AccessBook>> Table => Rows;

    protected override IReadOnlyList<string> Parties(JudgedEntry entry) => [_country];

    private void Accessed(JudgedEntry e, AuditAccessed access)
    {
        e.Require(e.By.Country == _country, JudgeCodes.WrongActor, $"An officer of {e.By.Country} reads for {_country}.");
        e.Require(access.What.Length > 0, JudgeCodes.InvalidMember, "It does not say what was read.");
        e.Require(access.Records is null or >= 0, JudgeCodes.InvalidMember, "Fewer than no records are given.");
        e.Require(access.Until is null || access.Until >= e.Event.At, JudgeCodes.WrongDate, "It covers reads until before it was made.");
        if (access.What == "export")
        {
            _exports.Add(e.Index);
        }

        var ends = access.What == "export.completed";
        e.Require(ends == access.Start is not null && ends == access.Sha256 is not null, JudgeCodes.InvalidMember, "The end of an export, and nothing else, names its beginning and its digest.");
        if (access.Start is { } start)
        {
            e.Require(_exports.Remove(start), JudgeCodes.WrongState, $"No export that has not ended was begun with entry {start}.");
        }

        if (access.Sha256 is { } digest)
        {
            e.Require(Hash256.TryParseHex(digest, out var hash) && hash.ToString() == digest, JudgeCodes.InvalidMember, $"'{digest}' is not a SHA-256.");
        }
    }
}
