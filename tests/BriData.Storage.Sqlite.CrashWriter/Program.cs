using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Ledgers;
using Microsoft.Extensions.Options;

// Arguments: data directory, number of ledgers. Every acknowledged entry becomes a line "ledger index leaf .", whose
// final dot tells a whole line from one that the end of the process cut short.
using var directory = new StorageDirectory(args[0]);
await using var store = new SqliteLedgerStore(directory, Options.Create(new SqliteStorageOptions()));
var output = Console.OpenStandardOutput();
var gate = new Lock();
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[1], CultureInfo.InvariantCulture)).Select(AppendForeverAsync));

async Task AppendForeverAsync(int number)
{
    var ledger = LedgerId.Parse(string.Create(CultureInfo.InvariantCulture, $"agreement/crash-{number}"));
    var tree = await LedgerTree.LoadAsync(store, ledger);
    while (true)
    {
        var batch = tree.Prepare([.. Enumerable.Range(0, (int)(1 + (tree.Head.Size % 5))).Select(i => Draft(ledger, tree.Head.Size + i))]);
        await store.AppendAsync(batch);
        tree.Commit(batch);
        Acknowledge(batch);
    }
}

static LedgerEntryDraft Draft(LedgerId ledger, long index)
{
    var body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"ledger":"{{ledger}}","n":{{index}},"pad":"{{new string('p', (int)(index % 700))}}"}"""));
    return new LedgerEntryDraft(body, SHA256.HashData(body), index % 3 == 0 ? "{\"salt\":\"s\"}"u8.ToArray() : default(ReadOnlyMemory<byte>));
}

void Acknowledge(LedgerBatch batch)
{
    var lines = new StringBuilder();
    for (var i = 0; i < batch.Entries.Length; i++)
    {
        lines.Append(CultureInfo.InvariantCulture, $"{batch.Ledger} {batch.ExpectedSize + i} {batch.LeafHashes[i]} .\n");
    }

    lock (gate)
    {
        output.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        output.Flush();
    }
}
