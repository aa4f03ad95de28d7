using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BriData.Entries.Transfers;

/// <summary><c>cn-kz-customs:42</c>: carries its agreement, so any gateway can route it.</summary>
public readonly record struct TransferId(string Agreement, long Number)
{
    public static TransferId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a transfer identifier.");

    public static bool TryParse([NotNullWhen(true)] string? text, out TransferId id)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        if (text is not null
            && colon > 0
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && Identifiers.IsAgreement(text.AsSpan(0, colon)))
        {
            id = new TransferId(text[..colon], number);
            return true;
        }

        id = default;
        return false;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Agreement}:{Number}");
}
