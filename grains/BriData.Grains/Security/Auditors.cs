using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Identity;

namespace BriData.Grains.Security;

/// <summary>Recognises auditors of a country in good standing.</summary>
internal sealed class Auditors(ICallerVerifier callers, IGrainFactory grains)
{
    public async Task<Reply<CallerIdentity>> RecogniseAsync(Caller caller)
    {
        var verification = await callers.VerifyAsync(caller.Token);
        if (verification.Identity is not { } who)
        {
            return new Refusal(verification.Code!, verification.Text!);
        }

        var refusal = Rights.Role(who, CallerRoles.Auditor)
            ?? (await grains.GetGrain<ICountryGrain>(who.Country).CheckStandingAsync(caller)).Refusal;
        return refusal is null ? who : refusal;
    }
}
