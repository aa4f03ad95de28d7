using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Tests.Support;
using BriData.Testing.Ledger;

namespace BriData.Storage.Sqlite.Tests.Ledgers;

public sealed class SqliteLedgerStoreSuiteTests : LedgerStoreSuite, IAsyncDisposable
{
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    protected override Task<ILedgerStore> CreateAsync() => Task.FromResult<ILedgerStore>(_store.Ledgers);
}
