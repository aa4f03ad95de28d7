using System.Text.Json;

namespace BriData.Identity.Tokens;

/// <summary>The claims of a payload, each of the one JSON type it may have. Every method returns null or the failure.</summary>
internal static class ClaimsReader
{
    private const int LongestSubject = 255; // OIDC Core 1.0, 2
    private const int LongestSlug = 64;

    /// <summary>
    /// Who the token says made it and for which country, which is needed to find the key; and that the claims which the
    /// validating library reads are of the types that RFC 7519, 4.1 states, so that it cannot stumble over them.
    /// </summary>
    public static CallerFailure? ReadOrigin(JsonElement payload, out string issuer, out string country)
    {
        country = "";
        if (!TryGetString(payload, "iss", out issuer))
        {
            return CallerFailure.BadIssuer;
        }

        if (!TryGetString(payload, "country", out country) || country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            return CallerFailure.BadCountry;
        }

        if (!HasNumericTimes(payload))
        {
            return CallerFailure.BadTimes;
        }

        return HasAudience(payload) ? null : CallerFailure.Audience;
    }

    /// <summary>The identity, once signature, audience and times were found good.</summary>
    public static CallerFailure? ReadIdentity(UnverifiedToken verified, DateTimeOffset expiresAt, out CallerIdentity? identity)
    {
        identity = null;
        var payload = verified.Payload;
        if (!TryGetString(payload, "sub", out var subject) || subject.Length > LongestSubject || subject.Any(char.IsControl))
        {
            return CallerFailure.BadSubject;
        }

        if (ReadRoles(payload, out var roles) is { } badRoles)
        {
            return badRoles;
        }

        if (ReadAgency(payload, verified.Country, out var agency) is { } badAgency)
        {
            return badAgency;
        }

        if (agency is null && roles.HasFlag(CallerRoles.Agency))
        {
            return CallerFailure.AgencyRequired;
        }

        identity = new CallerIdentity(verified.Country, agency, roles, subject, verified.Issuer, expiresAt);
        return null;
    }

    private static CallerFailure? ReadRoles(JsonElement payload, out CallerRoles roles)
    {
        roles = CallerRoles.None;
        if (!payload.TryGetProperty("roles", out var claim))
        {
            return null;
        }

        if (claim.ValueKind == JsonValueKind.String)
        {
            return CallerRoleNames.TryParse(claim.GetString(), out roles) ? null : CallerFailure.BadRoles;
        }

        if (claim.ValueKind != JsonValueKind.Array)
        {
            return CallerFailure.BadRoles;
        }

        foreach (var item in claim.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !CallerRoleNames.TryParse(item.GetString(), out var role))
            {
                return CallerFailure.BadRoles;
            }

            roles |= role;
        }

        return null;
    }

    private static CallerFailure? ReadAgency(JsonElement payload, string country, out string? agency)
    {
        agency = null;
        if (!payload.TryGetProperty("agency", out _))
        {
            return null;
        }

        if (!TryGetString(payload, "agency", out var value))
        {
            return CallerFailure.BadAgency;
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (!IsSlug(value.AsSpan(slash + 1)))
        {
            return CallerFailure.BadAgency;
        }

        if (slash >= 0 && !value.AsSpan(0, slash).SequenceEqual(country))
        {
            return CallerFailure.ForeignAgency;
        }

        agency = slash >= 0 ? value : $"{country}/{value}";
        return null;
    }

    /// <summary>Lower-case letters, digits and single hyphens between them; 1 to 64 characters.</summary>
    internal static bool IsSlug(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > LongestSlug)
        {
            return false;
        }

        var afterLetter = false;
        foreach (var c in value)
        {
            var letter = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
            if (!letter && (c != '-' || !afterLetter))
            {
                return false;
            }

            afterLetter = letter;
        }

        return afterLetter;
    }

    // The validating library would also take a number in a string.
    private static bool HasNumericTimes(JsonElement payload) =>
        payload.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number
        && (!payload.TryGetProperty("nbf", out var nbf) || nbf.ValueKind == JsonValueKind.Number)
        && (!payload.TryGetProperty("iat", out var iat) || iat.ValueKind == JsonValueKind.Number);

    private static bool HasAudience(JsonElement payload) =>
        payload.TryGetProperty("aud", out var aud)
        && (aud.ValueKind == JsonValueKind.String
            || (aud.ValueKind == JsonValueKind.Array && aud.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)));

    /// <summary>A string that is not empty.</summary>
    private static bool TryGetString(JsonElement payload, string name, out string value)
    {
        value = payload.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString()! : "";
        return value.Length > 0;
    }
}
