using BriData.Ledger.Storage;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Storage;

public sealed class InMemoryLedgerStoreTests : LedgerStoreSuite
{
    protected override Task<ILedgerStore> CreateAsync() => Task.FromResult<ILedgerStore>(new InMemoryLedgerStore());
}
