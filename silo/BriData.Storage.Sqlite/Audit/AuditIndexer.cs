using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>Writes records, with the numbers of ledgers, audiences and terms kept in memory. Not safe for concurrent use.</summary>
internal sealed class AuditIndexer : IDisposable
{
    /// <summary>Officers are many over the years: past this the numbers are forgotten and looked up again.</summary>
    private const int MaxKnownTerms = 100_000;

    private readonly AuditTables _tables;
    private readonly Dictionary<string, Audience> _audiences = [];
    private readonly Dictionary<AuditTerm, long> _terms = [];
    private readonly HashSet<AuditTerm> _recordTerms = [];
    private readonly HashSet<LedgerId> _moved = [];
    private readonly List<Posting> _postings = [];
    private readonly StringBuilder _words = new();
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Utf8JsonWriter _json;
    private Dictionary<LedgerId, LedgerProgress> _progress;

    public AuditIndexer(AuditTables tables)
    {
        _tables = tables;
        _progress = tables.ReadProgress();
        _json = new Utf8JsonWriter(_body);
    }

    public Dictionary<LedgerId, long> Progress()
    {
        var sizes = new Dictionary<LedgerId, long>(_progress.Count);
        foreach (var (ledger, progress) in _progress)
        {
            sizes.Add(ledger, progress.Size);
        }

        return sizes;
    }

    /// <exception cref="InvalidOperationException">A record would leave a gap; nothing was written.</exception>
    public void Apply(IReadOnlyList<AuditRecord> records) => InTransaction(() =>
    {
        foreach (var record in records)
        {
            var progress = ProgressOf(record);
            if (record.Index < progress.Size)
            {
                continue;
            }

            Write(record, progress.Id);
            _progress[record.Ledger] = progress with { Size = record.Index + 1 };
            _moved.Add(record.Ledger);
        }

        // In key order, postings of one term follow each other into one page.
        _postings.Sort();
        foreach (var posting in _postings)
        {
            _tables.InsertPosting(posting);
        }

        foreach (var ledger in _moved)
        {
            _tables.MoveLedger(_progress[ledger]);
        }
    });

    public void Reset()
    {
        InTransaction(_tables.Clear);
        Forget();
    }

    public void Dispose()
    {
        _json.Dispose();
        _tables.Dispose();
    }

    private void InTransaction(Action work)
    {
        _moved.Clear();
        _postings.Clear();
        _tables.Begin();
        try
        {
            work();
            _tables.Commit();
        }
        catch
        {
            // What is kept in memory may name rows that the rollback takes away.
            _tables.Rollback();
            Forget();
            throw;
        }
    }

    private void Forget()
    {
        _audiences.Clear();
        _terms.Clear();
        _progress = _tables.ReadProgress();
    }

    private LedgerProgress ProgressOf(AuditRecord record)
    {
        var known = _progress.TryGetValue(record.Ledger, out var progress);
        if (record.Index > progress.Size)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Ledger} is indexed up to {progress.Size}; entry {record.Index} would leave a gap."));
        }

        return known ? progress : _progress[record.Ledger] = new LedgerProgress(_tables.InsertLedger(record.Ledger), 0);
    }

    private void Write(AuditRecord record, long ledger)
    {
        var (audience, prefix) = AudienceOf(record);
        var ticks = record.At.UtcTicks;
        var id = _tables.InsertRecord(audience, ticks, ledger, record.Index, record.Transfer, Body(record));
        _postings.Add(new Posting(audience, AuditTerm.Any, ticks, id));
        AuditTerm.Collect(record, _recordTerms);
        foreach (var term in _recordTerms)
        {
            _postings.Add(new Posting(audience, Term(term), ticks, id));
        }

        _words.Clear();
        AuditWords.Append(_words, prefix, record.Text);
        if (_words.Length > 0)
        {
            _tables.InsertWords(id, _words.ToString());
        }
    }

    private ReadOnlySpan<byte> Body(AuditRecord record)
    {
        _body.ResetWrittenCount();
        _json.Reset();
        AuditBody.Write(record, _json);
        _json.Flush();
        return _body.WrittenSpan;
    }

    private Audience AudienceOf(AuditRecord record)
    {
        var countries = string.Join('\n', record.Parties);
        if (!_audiences.TryGetValue(countries, out var audience))
        {
            var id = _tables.FindOrInsertAudience(countries, record.Parties);
            audience = new Audience(id, AuditWords.Prefix(id));
            _audiences.Add(countries, audience);
        }

        return audience;
    }

    private long Term(in AuditTerm term)
    {
        if (_terms.TryGetValue(term, out var id))
        {
            return id;
        }

        if (_terms.Count >= MaxKnownTerms)
        {
            _terms.Clear();
        }

        id = _tables.FindOrInsertTerm(term);
        _terms.Add(term, id);
        return id;
    }
}
