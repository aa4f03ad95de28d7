using BriData.Contracts;
using BriData.Contracts.Ledgers;
using BriData.Ledger.Merkle;
using BriData.Ledger.Mirroring;

namespace BriData.Gateway.Endpoints;

/// <summary>Reads one bundle piece by piece; each piece is authorised by the grain that gives it.</summary>
internal sealed class EntryBundleReader(ILedgerGrain grain, Caller caller, string ledger, TilePath path)
{
    private readonly long _end = (path.Index * TileMath.Width) + path.Width;
    private long _next = path.Index * TileMath.Width;
    private LedgerEntries? _first;

    /// <summary>Reads the first piece, so that a refusal can still be told; null when there is none.</summary>
    public async Task<Refusal?> StartAsync()
    {
        var first = await grain.ReadEntriesAsync(caller, ledger, _next, _end);
        _first = first.Value;
        return first.Refusal;
    }

    /// <summary>Writes the whole bundle.</summary>
    /// <exception cref="IOException">A later piece was refused: what was written is not whole, and the connection must be cut.</exception>
    public async Task CopyToAsync(Stream body, CancellationToken cancellationToken)
    {
        var piece = _first!;
        while (true)
        {
            await body.WriteAsync(piece.Bundle, cancellationToken);
            _next += piece.Count;
            if (_next >= _end)
            {
                return;
            }

            var next = await grain.ReadEntriesAsync(caller, ledger, _next, _end);
            piece = next.IsOk ? next.Value : throw new IOException($"Entry {_next} of {ledger} was refused: {next.Refusal.Code}.");
        }
    }
}
