namespace BriData.Ledger.Payloads;

/// <summary>The names a payload store takes from callers. They may become paths, so they are narrow.</summary>
public static class PayloadNames
{
    private const int MaxJurisdiction = 40;

    /// <summary>2 to 40 characters of <c>[A-Z0-9-]</c>, starting with a letter: <c>CN</c>, <c>CN-FTZ-SHANGHAI</c>.</summary>
    public static bool IsJurisdiction(string? text)
    {
        if (text is not { Length: >= 2 and <= MaxJurisdiction } || !char.IsAsciiLetterUpper(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="ArgumentException">The text does not name a jurisdiction.</exception>
    public static void RequireJurisdiction(string jurisdiction)
    {
        if (!IsJurisdiction(jurisdiction))
        {
            throw new ArgumentException($"'{jurisdiction}' is not a jurisdiction.", nameof(jurisdiction));
        }
    }
}
