namespace BriData.Policy.Facts;

/// <summary>Checks a value against its definition and gives it the number that conditions compare.</summary>
internal static class FactBinding
{
    public const long MaxInteger = (1L << 53) - 1;
    public const int MaxText = 256;
    public const int MaxItems = 1000;

    /// <summary>
    /// The comparable form: 0/1, the integer, the day number, the ordinal of the code, the bit mask of a set, the
    /// encoded country. Texts and lists have none and give 0.
    /// </summary>
    public static FactError? Bind(FactDefinition fact, FactValue value, out long bits)
    {
        bits = value.Number;
        return (fact.Type, value.Kind) switch
        {
            (FactType.Boolean, FactValue.FactValueKind.Boolean) => null,
            (FactType.Integer, FactValue.FactValueKind.Integer) => CheckRange(fact, value.Number),
            (FactType.Date, FactValue.FactValueKind.Date) => null,
            (FactType.Enumeration, FactValue.FactValueKind.Code) => BindCode(fact, value.Text, out bits),
            (FactType.EnumerationSet, FactValue.FactValueKind.Codes) => BindSet(fact, value, out bits),
            (FactType.Country, FactValue.FactValueKind.Code) => BindCountry(fact, value.Text, out bits),
            (FactType.Text, FactValue.FactValueKind.Code) => CheckText(fact, value.Text),
            (FactType.IntegerList, FactValue.FactValueKind.Integers) => CheckIntegers(fact, value),
            (FactType.ObjectList, FactValue.FactValueKind.Objects) => CheckObjects(fact, value),
            _ => new FactError(fact.Name, "fact_type", $"'{fact.Name}' must be {Expectation(fact)}."),
        };
    }

    public static string Expectation(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => "true or false",
        FactType.Integer => "a whole number from 0 to 9007199254740991",
        FactType.Date => "a date such as 2026-06-15",
        FactType.Enumeration => $"one of {string.Join(", ", fact.Values)}",
        FactType.EnumerationSet => $"a list of {string.Join(", ", fact.Values)}",
        FactType.Country => fact.AllowsNone ? "a country code of two letters or None" : "a country code of two letters",
        FactType.Text => $"a text of 1 to {MaxText} characters",
        FactType.IntegerList => "a list of whole numbers",
        _ => "a list of objects with facts",
    };

    private static FactError? CheckRange(FactDefinition fact, long number) =>
        number is >= 0 and <= MaxInteger
            ? null
            : new FactError(fact.Name, "fact_range", $"'{fact.Name}' must be {Expectation(fact)}.");

    private static FactError? BindCode(FactDefinition fact, string code, out long bits)
    {
        bits = fact.OrdinalOf(code);
        return bits >= 0 ? null : BadValue(fact, code);
    }

    private static FactError? BindSet(FactDefinition fact, FactValue value, out long bits)
    {
        bits = 0;
        foreach (var code in value.Items)
        {
            var ordinal = fact.OrdinalOf(code);
            if (ordinal < 0)
            {
                return BadValue(fact, code);
            }

            bits |= 1L << ordinal;
        }

        return null;
    }

    private static FactError? BindCountry(FactDefinition fact, string code, out long bits)
    {
        bits = 0;
        if (fact.AllowsNone && code == FactDefinition.NoneCode)
        {
            return null;
        }

        if (!CountryCodes.IsCountry(code))
        {
            return BadValue(fact, code);
        }

        bits = CountryCodes.Encode(code);
        return null;
    }

    private static FactError? CheckText(FactDefinition fact, string text)
    {
        if (text.Length is 0 or > MaxText)
        {
            return new FactError(fact.Name, "fact_range", $"'{fact.Name}' must be {Expectation(fact)}.");
        }

        // INVARIANT: canonical bytes exist for every fact set, so text that has no UTF-8 form never enters one.
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return new FactError(fact.Name, "fact_value", $"'{fact.Name}' is not valid Unicode text.");
            }
        }

        if (fact.Name == FactNames.SubRegime && !CountryCodes.IsJurisdiction(text))
        {
            return BadValue(fact, text);
        }

        return null;
    }

    private static FactError? CheckIntegers(FactDefinition fact, FactValue value)
    {
        if (value.Numbers.Length > MaxItems)
        {
            return new FactError(fact.Name, "fact_range", $"'{fact.Name}' may have at most {MaxItems} entries.");
        }

        foreach (var number in value.Numbers)
        {
            if (number is < 0 or > MaxInteger)
            {
                return new FactError(fact.Name, "fact_range", $"Each entry of '{fact.Name}' must be a whole number from 0 to 9007199254740991.");
            }
        }

        return null;
    }

    private static FactError? CheckObjects(FactDefinition fact, FactValue value) =>
        value.Objects.Length <= MaxItems
            ? null
            : new FactError(fact.Name, "fact_range", $"'{fact.Name}' may have at most {MaxItems} entries.");

    private static FactError BadValue(FactDefinition fact, string code) =>
        new(fact.Name, "fact_value", $"'{Shorten(code)}' is not a value of '{fact.Name}', which must be {Expectation(fact)}.");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
