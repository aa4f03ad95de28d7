using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BriData.Ledger.Audit;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>Writes records, with the last sheet of every stream kept in memory. Not safe for concurrent use.</summary>
internal sealed class AuditIndexer : IDisposable
{
    private readonly AuditTables _tables;
    private readonly Dictionary<string, long> _audiences = [];
    private readonly Dictionary<(long Audience, long Ledger), AuditStream> _streams = [];
    private readonly List<AuditTerm> _terms = [];
    private readonly HashSet<LedgerId> _moved = [];
    private readonly List<AuditStream> _written = [];
    private readonly RecordSet _places = new();
    private readonly byte[] _stored = new byte[RecordSet.MaxBytes];
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Utf8JsonWriter _json;
    private Dictionary<LedgerId, LedgerProgress> _progress = [];
    private long _lastSheet;

    /// <summary>What is kept in memory may name rows that a rollback took away, and is read from the file before it is used.</summary>
    private bool _stale = true;

    public AuditIndexer(AuditTables tables)
    {
        _tables = tables;
        _json = new Utf8JsonWriter(_body);
        Reload();
    }

    public Dictionary<LedgerId, long> Progress()
    {
        Reload();
        var sizes = new Dictionary<LedgerId, long>(_progress.Count);
        foreach (var (ledger, progress) in _progress)
        {
            sizes.Add(ledger, progress.Size);
        }

        return sizes;
    }

    /// <exception cref="InvalidOperationException">A record would leave a gap; nothing was written.</exception>
    public void Apply(IReadOnlyList<AuditRecord> records)
    {
        Reload();
        _moved.Clear();
        _written.Clear();
        _tables.Begin();
        try
        {
            foreach (var record in records)
            {
                Apply(record);
            }

            foreach (var stream in _written)
            {
                Close(stream);
            }

            foreach (var ledger in _moved)
            {
                _tables.MoveLedger(_progress[ledger]);
            }

            _tables.Commit();
        }
        catch
        {
            // First of all, for what undoes it may fail as well.
            _stale = true;
            _tables.Rollback();
            throw;
        }

        _tables.AfterCommit();
    }

    public void Dispose()
    {
        _json.Dispose();
        _tables.Dispose();
    }

    private void Reload()
    {
        if (_stale)
        {
            _tables.Rollback();
            _audiences.Clear();
            _streams.Clear();
            _progress = _tables.ReadProgress();
            _lastSheet = _tables.LastSheetId();
            _stale = false;
        }
    }

    private void Apply(AuditRecord record)
    {
        var progress = ProgressOf(record);
        if (record.Index < progress.Size)
        {
            return;
        }

        Write(record, StreamOf(record, progress.Id));
        _progress[record.Ledger] = progress with { Size = record.Index + 1 };
        _moved.Add(record.Ledger);
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

    private AuditStream StreamOf(AuditRecord record, long ledger)
    {
        var countries = string.Join('\n', record.Parties);
        ref var audience = ref CollectionsMarshal.GetValueRefOrAddDefault(_audiences, countries, out var known);
        if (!known)
        {
            audience = _tables.FindOrInsertAudience(countries, record.Parties);
        }

        if (!_streams.TryGetValue((audience, ledger), out var stream))
        {
            var id = _tables.FindOrInsertStream(audience, ledger);
            stream = new AuditStream(id, audience, record.Ledger, _tables.LastSheet(id) ?? Sheet.Empty(++_lastSheet, long.MinValue));
            _streams.Add((audience, ledger), stream);
        }

        return stream;
    }

    private void Write(AuditRecord record, AuditStream stream)
    {
        if (stream.Sheet.IsFull)
        {
            Close(stream);
            stream.Sheet = Sheet.Empty(++_lastSheet, stream.Sheet.PeakAt);
        }

        if (stream.Fresh.Count == 0)
        {
            _written.Add(stream);
        }

        var number = stream.Sheet.RecordAt(stream.Sheet.Count);
        _tables.InsertRecord(number, record.At.UtcTicks, record.Index, Body(record));
        if (record.Transfer is { } transfer)
        {
            _tables.InsertTransfer(transfer, stream.Audience, number);
        }

        stream.Fresh.Add(record);
        stream.Sheet = stream.Sheet.With(record.At.UtcTicks);
    }

    /// <summary>Ends what the transaction has put on the stream's sheet.</summary>
    private void Close(AuditStream stream)
    {
        if (stream.Fresh.Count == 0)
        {
            return;
        }

        if (stream.Sheet.IsToBeIndexed)
        {
            Index(stream);
            stream.Sheet = stream.Sheet with { Indexed = stream.Sheet.Count };
        }

        _tables.PutSheet(stream.Id, stream.Sheet);
        stream.Fresh.Clear();
    }

    private void Index(AuditStream stream)
    {
        var sheet = stream.Sheet;
        var draft = new SheetDraft();
        var firstFresh = sheet.Count - stream.Fresh.Count;
        for (var place = sheet.Indexed; place < sheet.Count; place++)
        {
            var record = place < firstFresh ? _tables.ReadRecord(sheet.RecordAt(place), stream.Ledger) : stream.Fresh[place - firstFresh];
            AuditTerm.Collect(record, _terms);
            draft.Add(_terms, place);
        }

        foreach (var (kind, value, places) in draft.InKeyOrder())
        {
            _places.Clear();
            var known = _tables.ReadPosting(sheet.Id, kind, value, _places);
            foreach (var place in places)
            {
                _places.Add(place);
            }

            _tables.WritePosting(known, sheet.Id, kind, value, _places.Write(_stored));
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
}
