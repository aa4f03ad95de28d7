using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;

namespace BriData.Grains.Agreements;

/// <content>Signatures of the parties' acts, judged by the keys on this very ledger.</content>
internal sealed partial class AgreementGrain
{
    private string? _digest;

    /// <summary>Names the terms; they never change once drafted.</summary>
    private string Digest => _digest ??= AgreementDigest.Of(State.Document!);

    private Refusal? SignatureProblem(LedgerEvent entry) => ActSignatures.Check(entry, State, Services.Options.SignatureWindow);

    /// <summary>
    /// Takes the country's context, its keys among it, onto this ledger before its first act here. From then on the country
    /// pushes every change, so that no key signs here after its revocation was answered (I4).
    /// </summary>
    private async Task<Refusal?> KnowKeysAsync(string country)
    {
        if (State.Countries.ContainsKey(country))
        {
            return null;
        }

        var linked = await GrainFactory.GetGrain<ICountryPeer>(country).LinkAgreementAsync(Id);
        return linked.IsOk ? (await CountryChangedAsync(linked.Value)).Refusal : linked.Refusal;
    }
}
