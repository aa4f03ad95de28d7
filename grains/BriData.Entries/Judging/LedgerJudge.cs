using System.Collections.Immutable;
using BriData.Entries.Rules;
using BriData.Ledger;
using BriData.Ledger.Documents;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>
/// Judges what the entries of a country's, an agency's or an agreement's ledger say: whether each act was lawful where it
/// stands, whether nothing is left out, and whether every decision comes out as recorded when it is made again. It has rules of
/// its own and asks neither the writer nor the state that the writer keeps.
/// </summary>
public sealed class LedgerJudge
{
    // After so many, what follows is rather the consequence of what came before.
    private const int MaxFindings = 100;

    private readonly List<LedgerFinding> _findings = [];
    private readonly RuleBook? _book;

    /// <param name="ledger">The ledger.</param>
    /// <param name="documents">The documents that its entries name.</param>
    public LedgerJudge(LedgerId ledger, IDocumentReader documents)
        : this(ledger, documents, new RuleLibrary(documents))
    {
    }

    /// <param name="ledger">The ledger.</param>
    /// <param name="documents">The documents that must be at hand.</param>
    /// <param name="library">What was read from them before; a document never changes.</param>
    internal LedgerJudge(LedgerId ledger, IDocumentReader documents, RuleLibrary library)
    {
        _book = ledger.Kind switch
        {
            "agreement" => new AgreementBook(ledger, documents, library),
            "country" => new CountryBook(ledger, documents, library),
            "agency" => new AgencyBook(ledger, documents),
            "access" => new AccessBook(ledger, documents),
            _ => null,
        };
        if (_book is null)
        {
            _findings.Add(new LedgerFinding(JudgeCodes.UnknownLedgerKind, null, null, $"What a ledger of kind '{ledger.Kind}' may say is not known to this version."));
        }
    }

    /// <summary>What is wrong, in the order of the ledger; at most 100.</summary>
    public ImmutableArray<LedgerFinding> Findings => [.. _findings];

    /// <summary>Decisions that were made again.</summary>
    public long Decisions => (_book as AgreementBook)?.Decisions ?? 0;

    /// <summary>Decisions that could not be made again because a document is missing.</summary>
    public long DecisionsLeftOut => (_book as AgreementBook)?.DecisionsLeftOut ?? 0;

    /// <summary>A judge of a ledger whose documents are read where the ledger is.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="source">Where it is read.</param>
    /// <param name="rules">What judges of other ledgers have compiled.</param>
    public static LedgerJudge Of(LedgerId ledger, ILedgerSource source, SharedRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new LedgerJudge(ledger, new SourceDocuments(source, rules), rules.Library);
    }

    /// <summary>Judges the next entry.</summary>
    /// <exception cref="LedgerSourceException">A document cannot be read: nothing is said about the entry.</exception>
    public async ValueTask TakeAsync(long index, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        await TakeAsync(index, ReadEntry.Of(body), cancellationToken);

    internal async ValueTask TakeAsync(long index, ReadEntry entry, CancellationToken cancellationToken)
    {
        if (_book is null || _findings.Count >= MaxFindings)
        {
            return;
        }

        if (entry.Event is not { } read)
        {
            _findings.Add(new LedgerFinding(entry.Code!, index, null, entry.Message!, entry.Kind));
            return;
        }

        try
        {
            await _book.TakeAsync(new JudgedEntry(read, entry.Kind!, index, _findings), cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or LedgerSourceException))
        {
            // A forger may leave out what no honest entry lacks. That must end in a finding, not in the end of the audit.
            _findings.Add(new LedgerFinding(JudgeCodes.MalformedEntry, index, null, $"The entry lacks what it needs to be judged: {e.Message}", entry.Kind));
        }
    }
}
