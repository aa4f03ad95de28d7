using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Testing.Ledger;

/// <summary>Knows of the damage that a test says there is.</summary>
public sealed class FakeUpkeep : ILedgerUpkeep
{
    private volatile IReadOnlyCollection<LedgerDamage> _damage = [];

    public IReadOnlyCollection<LedgerDamage> Damage
    {
        get => _damage;
        set => _damage = value;
    }

    public IReadOnlyCollection<LedgerDamage> KnownDamage() => Damage;

    public IAsyncEnumerable<LedgerDamage> CheckAsync(Func<int, CancellationToken, ValueTask> pace, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Close(LedgerId ledger, string what) => Damage = [.. Damage, new LedgerDamage(ledger, what)];
}
