using BriData.Ledger;
using BriData.Ledger.Mirroring;

namespace BriData.Cli.Platform;

/// <summary>Reads one ledger's resources from the platform.</summary>
internal sealed class HttpLedgerSource(PlatformResources platform, LedgerId ledger) : ILedgerSource
{
    private readonly string _root = $"v1/ledgers/{ledger}/";

    /// <inheritdoc/>
    public string Location => platform.Address + _root.TrimEnd('/');

    /// <inheritdoc/>
    public async ValueTask<LedgerDescription> DescribeAsync(CancellationToken cancellationToken = default)
    {
        foreach (var listed in await platform.ListLedgersAsync(cancellationToken))
        {
            if (listed.Id == ledger.Value)
            {
                return new LedgerDescription(listed.Id, listed.Vkey, Location);
            }
        }

        throw new LedgerSourceException($"{platform.Address} lists no ledger {ledger}.");
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        await platform.ReadAsync(AddressOf(path), cancellationToken);

    private string AddressOf(string path) =>
        LedgerPaths.TryDocument(path, out _) ? $"v1/{path}"
        : path == LedgerPaths.WitnessedCheckpoint ? _root + "checkpoint/witnessed"
        : LedgerPaths.IsResource(path) ? _root + path
        : throw new ArgumentException($"A ledger has no resource '{path}'.", nameof(path));
}
