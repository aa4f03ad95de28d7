using BriData.Ledger.Erasure;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Erasure;

public sealed class InMemoryValueKeyStoreTests : ValueKeyStoreSuite
{
    protected override Task<IValueKeyStore> CreateAsync() => Task.FromResult<IValueKeyStore>(new InMemoryValueKeyStore());
}
