using BriData.Contracts;
using BriData.Identity;

namespace BriData.Grains.Security;

/// <summary>What a recognised caller may do, as refusals with stable codes.</summary>
internal static class Rights
{
    /// <summary>Null when the caller administers the country.</summary>
    public static Refusal? AdministratorOf(CallerIdentity who, string country) =>
        Role(who, CallerRoles.Admin) ?? OfCountry(who, country);

    /// <summary>Null when the caller has the role.</summary>
    public static Refusal? Role(CallerIdentity who, CallerRoles role) =>
        who.Roles.HasFlag(role) ? null : new Refusal(ErrorCodes.RoleMissing, $"This needs the role '{role.ToString().ToLowerInvariant()}'.");

    /// <summary>
    /// Null unless the caller is a regulator and nothing else: then what shows both sides of an exchange is not for it.
    /// </summary>
    public static Refusal? NotAsRegulator(CallerIdentity who) =>
        who.Roles == CallerRoles.Regulator
            ? new Refusal(ErrorCodes.RoleMissing, "A regulator reads the own side's fields, by search, trail and export.")
            : null;

    /// <summary>Null when the caller is of the country.</summary>
    public static Refusal? OfCountry(CallerIdentity who, string country) =>
        who.Country == country ? null : new Refusal(ErrorCodes.NotYourCountry, $"Only {country} may do this.");

    /// <summary>Null when the caller acts for the agency.</summary>
    public static Refusal? OfAgency(CallerIdentity who, string agency) =>
        Role(who, CallerRoles.Agency)
        ?? (who.Agency == agency ? null : new Refusal(ErrorCodes.NotYourAgency, $"Only {agency} may do this."));

    /// <summary>Null when one of the country's issuers vouches for the caller.</summary>
    public static Refusal? Vouched(CallerIdentity who, IEnumerable<string> issuers) =>
        issuers.Contains(who.Issuer, StringComparer.Ordinal)
            ? null
            : new Refusal(ErrorCodes.IssuerNotRegistered, $"{who.Country} does not vouch for the issuer of this token.");
}
