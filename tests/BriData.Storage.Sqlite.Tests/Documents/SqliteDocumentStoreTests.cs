using BriData.Ledger.Documents;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Documents;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;

namespace BriData.Storage.Sqlite.Tests.Documents;

public sealed class SqliteDocumentStoreTests : DocumentStoreSuite, IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Put_Reopened_IsStillThere()
    {
        var digest = await new SqliteDocumentStore(_store.Ledgers).PutAsync("pack"u8.ToArray());

        await _store.ReopenAsync();

        Assert.Equal("pack"u8.ToArray(), (await new SqliteDocumentStore(_store.Ledgers).GetAsync(digest))?.ToArray());
    }

    [Fact]
    public async Task Get_ChangedOnDisk_IsCorrupt()
    {
        var documents = new SqliteDocumentStore(_store.Ledgers);
        var digest = await documents.PutAsync("pack"u8.ToArray());
        await _store.Ledgers.File.WriteAsync(new SqlRequest(_ => "UPDATE documents SET body = x'00'"));

        var refusal = await Assert.ThrowsAsync<LedgerStoreException>(() => documents.GetAsync(digest));

        Assert.Equal(LedgerStoreFailure.Corrupt, refusal.Reason);
    }

    [Fact]
    public async Task Put_NoRoom_IsFull()
    {
        await _store.Ledgers.File.WriteAsync(new SqlRequest(tables => $"PRAGMA max_page_count = {tables.Database.Scalar("PRAGMA page_count")}"));

        await Refusal.OfAsync(new SqliteDocumentStore(_store.Ledgers).PutAsync(new byte[100_000]), LedgerStoreFailure.Full);
    }

    protected override Task<IDocumentStore> CreateAsync() => Task.FromResult<IDocumentStore>(new SqliteDocumentStore(_store.Ledgers));
}
