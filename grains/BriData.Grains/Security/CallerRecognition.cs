using BriData.Contracts;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
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
        var verification = await callers.VerifyAsync(caller.Token);
        if (verification.Identity is not { } who)
        {
            return new Refusal(verification.Code!, verification.Text!);
        }

        var refusal = (who.Roles & oneOf) != 0
            ? (await grains.GetGrain<ICountryGrain>(who.Country).CheckStandingAsync(caller)).Refusal
            : new Refusal(ErrorCodes.RoleMissing, $"This needs the role '{Names(oneOf)}'.");
        return refusal is null ? who : refusal;
    }

    /// <summary>True when the country of the caller is a party of the ledger (I10).</summary>
    public async Task<bool> MaySeeAsync(Caller caller, CallerIdentity who, LedgerId id) => id.Kind switch
    {
        "country" => id.Name == who.Country,
        "agency" => id.Name.StartsWith(who.Country + ".", StringComparison.Ordinal) && (await store.GetHeadAsync(id)).Size > 0,
        "agreement" => (await grains.GetGrain<IAgreementGrain>(id.Name).GetAsync(caller)).IsOk,
        _ => false,
    };

    private static string Names(CallerRoles roles) =>
        string.Join("' or '", roles.ToString().ToLowerInvariant().Split(", "));
}
