using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BriData.Policy.Facts;

/// <summary>ISO 3166-1 alpha-2 codes (249 assigned), and the jurisdiction names built on them.</summary>
public static class CountryCodes
{
    private const string Assigned =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
        "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO " +
        "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE " +
        "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO " +
        "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW " +
        "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM " +
        "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    private static readonly FrozenSet<string> Countries = Assigned.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every assigned code, in order.</summary>
    internal static ImmutableArray<string> All { get; } = [.. Assigned.Split(' ').Order(StringComparer.Ordinal)];

    /// <summary>True for an assigned two-letter code in upper case.</summary>
    public static bool IsCountry(string code) => Countries.Contains(code);

    /// <summary>
    /// True for a country, a named part of one with its own regime (<c>CN-FTZ-SHANGHAI</c>, <c>AE-DIFC</c>), or <c>EU</c>.
    /// </summary>
    public static bool IsJurisdiction(string code)
    {
        if (code is null || code.Length is < 2 or > 40)
        {
            return false;
        }

        var dash = code.IndexOf('-', StringComparison.Ordinal);
        var country = dash < 0 ? code : code[..dash];
        if (country != "EU" && !IsCountry(country))
        {
            return false;
        }

        return dash < 0 || IsPart(code.AsSpan(dash + 1));
    }

    /// <summary>A country as a number for comparison; 0 stands for no country.</summary>
    internal static long Encode(string code) => (code[0] << 8) | code[1];

    private static bool IsPart(ReadOnlySpan<char> part)
    {
        var previous = '-';
        foreach (var c in part)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && !(c == '-' && previous != '-'))
            {
                return false;
            }

            previous = c;
        }

        return previous != '-';
    }
}
