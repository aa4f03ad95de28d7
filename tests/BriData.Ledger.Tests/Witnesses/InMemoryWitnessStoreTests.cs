using BriData.Ledger.Witnesses;
using BriData.Testing.Ledger;

namespace BriData.Ledger.Tests.Witnesses;

public sealed class InMemoryWitnessStoreTests : WitnessStoreSuite
{
    protected override IWitnessStore Create() => new InMemoryWitnessStore();
}
