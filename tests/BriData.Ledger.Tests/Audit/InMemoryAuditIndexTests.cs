using BriData.Ledger.Audit;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Audit;

public sealed class InMemoryAuditIndexTests : AuditIndexSuite
{
    protected override Task<IAuditIndex> CreateAsync() => Task.FromResult<IAuditIndex>(new InMemoryAuditIndex());
}
