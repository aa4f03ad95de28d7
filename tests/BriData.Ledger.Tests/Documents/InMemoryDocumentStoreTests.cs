using BriData.Ledger.Documents;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Documents;

public sealed class InMemoryDocumentStoreTests : DocumentStoreSuite
{
    protected override Task<IDocumentStore> CreateAsync() => Task.FromResult<IDocumentStore>(new InMemoryDocumentStore());
}
