using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Grains.Accesses;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;

namespace BriData.Grains.Security;

/// <summary>Recognises callers in good standing, for grains that own no ledger, and says which ledgers they may read.</summary>
internal sealed class CallerRecognition(ICallerVerifier callers, ILedgerStore store, IGrainFactory grains)
{
    /// <summary>The caller, if it has one of the roles and its country vouches for it now.</summary>
    public async Task<Reply<CallerIdentity>> RecogniseAsync(Caller caller, CallerRoles oneOf)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified;
        }

        var who = identified.Value;
        var refusal = (who.Roles & oneOf) != 0
            ? (await grains.GetGrain<ICountryGrain>(who.Country).CheckStandingAsync(caller)).Refusal
            : new Refusal(ErrorCodes.RoleMissing, $"This needs the role '{Names(oneOf)}'.");
        return refusal is null ? who : refusal;
    }

    /// <summary>Who calls. Says nothing about standing or rights.</summary>
    public async Task<Reply<CallerIdentity>> IdentifyAsync(Caller caller)
    {
        var verification = await callers.VerifyAsync(caller.Token);
        return verification.Identity is { } who ? who : new Refusal(verification.Code!, verification.Text!);
    }

    /// <summary>
    /// Null when the caller's country is a party of the ledger (I10), else why it may not be read: to others there is none, and to
    /// a party it may be one that cannot be served.
    /// </summary>
    public async Task<Refusal?> MaySeeAsync(Caller caller, CallerIdentity who, string ledger)
    {
        var unknown = new Refusal(ErrorCodes.UnknownLedger, $"There is no ledger '{ledger}'.");
        if (!LedgerId.TryParse(ledger, out var id))
        {
            return unknown;
        }

        if (id.Kind == "agreement")
        {
            var party = await grains.GetGrain<IAgreementPeer>(id.Name).CheckPartyAsync(caller);
            return party.Refusal?.Code == ErrorCodes.UnknownAgreement ? unknown : party.Refusal;
        }

        var own = id.Kind switch
        {
            "country" => id.Name == who.Country,
            "access" => id.Name == who.Country && AccessRecorder.IsWatched(who),
            "agency" => id.Name.StartsWith(who.Country + ".", StringComparison.Ordinal) && (await store.GetHeadAsync(id)).Size > 0,
            _ => false,
        };
        return own ? null : unknown;
    }

    private static string Names(CallerRoles roles) =>
        string.Join("' or '", roles.ToString().ToLowerInvariant().Split(", "));
}
