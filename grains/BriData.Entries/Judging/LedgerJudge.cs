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
    private readonly LedgerId _ledger;
    private readonly ContextRecord? _contexts;
    private long _size;

    /// <param name="ledger">The ledger.</param>
    /// <param name="documents">The documents that its entries name.</param>
    public LedgerJudge(LedgerId ledger, IDocumentReader documents)
        : this(ledger, documents, new RuleLibrary(documents))
    {
    }

    /// <param name="ledger">The ledger.</param>
    /// <param name="documents">The documents that must be at hand.</param>
    /// <param name="library">What was read from them before; a document never changes.</param>
    /// <param name="contexts">Where to note what ledgers say of each other; null for nowhere.</param>
    internal LedgerJudge(LedgerId ledger, IDocumentReader documents, RuleLibrary library, ContextRecord? contexts = null)
    {
        (_ledger, _contexts) = (ledger, contexts);
        _book = ledger.Kind switch
        {
            "agreement" => new AgreementBook(ledger, documents, library, contexts),
            "country" => new CountryBook(ledger, documents, library, contexts),
            "agency" => new AgencyBook(ledger, documents, contexts),
            "access" => new AccessBook(ledger, documents),
            _ => null,
        };
        if (_book is null)
        {
            _findings.Add(new LedgerFinding(JudgeCodes.UnknownLedgerKind, null, null, $"What a ledger of kind '{ledger.Kind}' may say is not known to this version."));
        }
    }

    /// <summary>What is wrong, in the order in which it came out; at most 100.</summary>
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
        return new LedgerJudge(ledger, new SourceDocuments(source, rules), rules.Library, rules.Contexts);
    }

    /// <summary>Judges the next entry.</summary>
    /// <exception cref="LedgerSourceException">A document cannot be read: nothing is said about the entry.</exception>
    public async ValueTask TakeAsync(long index, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        await TakeAsync(index, ReadEntry.Of(body), cancellationToken);

    /// <summary>
    /// Ends the judging, after the last entry: what became known of a signing key later is held against everything that it
    /// signed. Those findings stand behind the others and name earlier entries.
    /// </summary>
    public void Finish()
    {
        _findings.AddRange((_book?.Finish() ?? []).Take(MaxFindings - _findings.Count));
        if (_ledger.Kind is "agency" or "country")
        {
            _contexts?.Ends(_ledger.Name.Replace('.', '/'), _size);
        }
    }

    internal async ValueTask TakeAsync(long index, ReadEntry entry, CancellationToken cancellationToken)
    {
        if (_book is null || _findings.Count >= MaxFindings)
        {
            return;
        }

        _size = index + 1;
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
