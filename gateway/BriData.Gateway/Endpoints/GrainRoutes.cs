using System.Globalization;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries;

namespace BriData.Gateway.Endpoints;

/// <summary>From path segments to grains. A segment that cannot name anything leads to a grain that says so.</summary>
internal static class GrainRoutes
{
    private const string Nowhere = "ZZ";

    public static ICountryGrain Country(this IGrainFactory grains, string cc) =>
        grains.GetGrain<ICountryGrain>(cc is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? cc : Nowhere);

    public static bool TryAgency(this IGrainFactory grains, string cc, string slug, out IAgencyGrain agency)
    {
        var ok = cc is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] && Identifiers.IsSlug(slug);
        agency = grains.GetGrain<IAgencyGrain>(ok ? $"{cc}/{slug}" : "ZZ/none");
        return ok;
    }

    public static bool TryAgreement(this IGrainFactory grains, string id, out IAgreementGrain agreement)
    {
        var ok = Identifiers.IsAgreement(id);
        agreement = grains.GetGrain<IAgreementGrain>(ok ? id : "none");
        return ok;
    }

    /// <summary>Splits <c>agreement:number</c>.</summary>
    public static bool TryTransfer(this IGrainFactory grains, string id, out IAgreementGrain agreement, out long number)
    {
        var colon = id.LastIndexOf(':');
        number = 0;
        agreement = null!;
        return colon > 0
            && long.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0
            && grains.TryAgreement(id[..colon], out agreement);
    }
}
