using System.Collections.Frozen;
using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>What an auditor knows of one ledger so far, and which entries may come next.</summary>
internal abstract class RuleBook
{
    /// <summary>Judges an entry of known form, and takes it in.</summary>
    public abstract Task TakeAsync(JudgedEntry entry, CancellationToken cancellationToken);

    /// <summary>What is to be said of earlier entries once the last one has been taken.</summary>
    public abstract IEnumerable<LedgerFinding> Finish();
}

/// <summary>A book that judges by a table with one row per kind of entry.</summary>
internal abstract class RuleBook<TSelf>(IDocumentReader documents) : RuleBook
    where TSelf : RuleBook<TSelf>
{
    /// <summary>
    /// How far an entry's time may lie before an earlier entry's. The writer takes the time when an act begins; a signature then
    /// waits for other ledgers while this one goes on. A clock that is set back further than this is a finding.
    /// </summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly List<(long Index, string Kind, string Country, string Signature)> _signatures = [];
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    protected IDocumentReader Documents => documents;

    protected abstract FrozenDictionary<string, Row<TSelf>> Table { get; }

    protected static FrozenDictionary<string, Row<TSelf>> TableOf(params IEnumerable<Row<TSelf>> rows) => rows.ToFrozenDictionary(r => r.Kind);

    public override async Task TakeAsync(JudgedEntry entry, CancellationToken cancellationToken)
    {
        if (!Table.TryGetValue(entry.Kind, out var row))
        {
            entry.Find(JudgeCodes.KindOutOfPlace, $"An entry of kind '{entry.Kind}' has no place on this ledger.");
            return;
        }

        entry.Require(_latest - entry.Event.At <= ClockTolerance, JudgeCodes.TimeReversed, $"The entry is of {entry.Event.At:O}, one before it of {_latest:O}.");
        _latest = entry.Event.At > _latest ? entry.Event.At : _latest;
        entry.Require(PrivateField.Of(entry.Event.Data) is not { Key: null }, JudgeCodes.ValueNotSealed, "The entry commits to a text that is sealed under no key.");
        if (Envelope(entry, row))
        {
            await PrepareAsync(entry, cancellationToken);
            row.Judge((TSelf)this, entry);
        }
    }

    /// <summary>Looks at every recorded signature again with what the ledger tells of its key in the end.</summary>
    public override IEnumerable<LedgerFinding> Finish() => _signatures
        .Select(s => (s.Index, s.Kind, Refusal: ActSignatures.Review(s.Signature, KeysOf(s.Country))))
        .Where(s => s.Refusal?.Code == ErrorCodes.SigningKeyRevoked)
        .Select(s => new LedgerFinding(JudgeCodes.SignatureDistrusted, s.Index, null, s.Refusal!.Detail, s.Kind));

    /// <summary>Notes a signature, to be looked at again in the end.</summary>
    protected void Signed(JudgedEntry entry, string country, string signature) => _signatures.Add((entry.Index, entry.Kind, country, signature));

    /// <summary>The country's keys as of the last entry.</summary>
    protected virtual IEnumerable<SigningKey> KeysOf(string country) => [];

    /// <summary>Countries that each entry must be visible to, in order; null while that is not known.</summary>
    protected abstract IReadOnlyList<string>? Parties(JudgedEntry entry);

    /// <summary>Reads what the entry names from elsewhere, before it is judged.</summary>
    protected virtual Task PrepareAsync(JudgedEntry entry, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A document that an entry names; null, and a finding, when it is not there.</summary>
    protected async Task<ReadOnlyMemory<byte>?> DocumentAsync(JudgedEntry entry, string digest, CancellationToken cancellationToken)
    {
        if (!Hash256.TryParseHex(digest, out var hash))
        {
            entry.Find(JudgeCodes.InvalidMember, $"'{digest}' is not a SHA-256.");
            return null;
        }

        try
        {
            var document = await documents.GetAsync(hash, cancellationToken);
            entry.Require(document is not null, JudgeCodes.DocumentMissing, $"The document {digest} that the entry names is not at hand.");
            return document;
        }
        catch (FormatException e)
        {
            entry.Find(JudgeCodes.DocumentDiffers, e.Message);
            return null;
        }
    }

    private bool Envelope(JudgedEntry entry, Row<TSelf> row)
    {
        var by = entry.Event.By;
        var acted = row.By == ActedBy.Anyone || entry.Require(
            by is not null == (row.By == ActedBy.Person), JudgeCodes.WrongActor, by is null ? $"Nobody is named who did this." : $"The platform itself does this, not an officer of {by.Country}.");
        acted &= by is null || entry.Require(
            by.Agency is null || by.Agency.StartsWith(by.Country + "/", StringComparison.Ordinal), JudgeCodes.WrongActor, $"{by.Agency} is not an agency of {by.Country}.");
        var has = MembersOf(entry.Event);

        // Where anyone may act, a person's act comes from a request and the platform's does not.
        var must = row.Has | (row.By == ActedBy.Anyone && by is not null ? Members.Operation : Members.None);
        var members = entry.Require((has & must) == must, JudgeCodes.EnvelopeDiffers, $"The envelope lacks {must & ~has}.")
            && entry.Require((has & ~must & ~row.MayHave) == 0, JudgeCodes.EnvelopeDiffers, $"The envelope has {has & ~must & ~row.MayHave}, which such an entry has not.");
        return PartiesHold(entry) && acted && members;
    }

    private bool PartiesHold(JudgedEntry entry) =>
        Parties(entry) is not { } parties || entry.Require(
            entry.Event.Parties.SequenceEqual(parties, StringComparer.Ordinal), JudgeCodes.WrongParties, $"The entry names the parties {string.Join(", ", entry.Event.Parties)}, not {string.Join(", ", parties)}.");

    private static Members MembersOf(LedgerEvent entry) =>
        (entry.Agreement is null ? 0 : Members.Agreement)
        | (entry.Transfer is null ? 0 : Members.Transfer)
        | (entry.DataSet is null ? 0 : Members.DataSet)
        | (entry.Exporter is null ? 0 : Members.Exporter)
        | (entry.Importer is null ? 0 : Members.Importer)
        | (entry.Fingerprint is null ? 0 : Members.Operation)
        | (entry.Decision.IsEmpty ? 0 : Members.Decision);
}
