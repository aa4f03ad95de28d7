using System.Collections.Concurrent;
using BriData.Grains.Security;
using BriData.Ledger;
using BriData.Ledger.Notes;
using Microsoft.Extensions.Options;

namespace BriData.Grains.Ledgers;

/// <summary>One signing key per ledger, derived from the platform's seed and the ledger's origin.</summary>
public sealed class CheckpointSigners(PlatformKeys keys, IOptions<BriDataGrainOptions> options)
{
    private readonly ConcurrentDictionary<LedgerId, CheckpointSigner> _signers = new();

    public CheckpointSigner For(LedgerId ledger) =>
        _signers.GetOrAdd(ledger, id => CheckpointSigner.Derive(keys.LogSeed, $"{options.Value.LogOrigin}/{id}"));
}
