using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace BriData.Grains.Audit;

/// <summary>
/// An export as a table (RFC 4180) for spreadsheets: one row per entry, several values of a cell separated by spaces. A value
/// that a spreadsheet would run as a formula gets an apostrophe before it. There is no line but header and rows: what proves
/// the file is its digest on the country's access ledger.
/// </summary>
internal sealed class CsvForm : IExportForm
{
    private static readonly string[] Header =
    [
        "ledger", "index", "leafHash", "at", "kind", "parties", "agreement", "transfer", "dataset", "agencies", "outcome", "rules", "obligations", "officer",
    ];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _bytes = new();
    private readonly CsvWriter _csv;

    public CsvForm() => _csv = CsvWriter.Create(_bytes, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);

    public long Entries { get; private set; }

    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public byte[] Begin() => Row(Header);

    public ValueTask<byte[]> EntryAsync(ShownEntry entry, CancellationToken cancellationToken)
    {
        var r = entry.Record;
        Entries++;
        return ValueTask.FromResult(Row(
        [
            r.Ledger.Value,
            r.Index.ToString(CultureInfo.InvariantCulture),
            entry.Stored.LeafHash.ToString(),
            r.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            r.Kind,
            string.Join(' ', r.Parties),
            r.Agreement,
            r.Transfer,
            r.DataSet,
            string.Join(' ', r.Agencies),
            r.Outcome,
            string.Join(' ', r.Rules),
            string.Join(' ', r.Obligations),
            r.Officer,
        ]));
    }

    public byte[] End() => [];

    public void Dispose()
    {
        _csv.Dispose();
        _bytes.Dispose();
        _hash.Dispose();
    }

    private byte[] Row(string?[] cells)
    {
        foreach (var cell in cells)
        {
            _csv.WriteField(cell ?? "");
        }

        _csv.EndRecord();
        _csv.Flush();
        var bytes = _bytes.ToArray();
        _bytes.SetLength(0);
        _hash.AppendData(bytes);
        return bytes;
    }
}
