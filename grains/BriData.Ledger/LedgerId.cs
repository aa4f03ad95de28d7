using System.Diagnostics.CodeAnalysis;

namespace BriData.Ledger;

/// <summary>
/// Names a ledger as <c>kind/name</c>: <c>country/CN</c>, <c>agency/CN.customs</c>, <c>agreement/cn-kz-customs</c>.
/// Kind is 1–16 lower-case letters; name is 1–100 characters of <c>[A-Za-z0-9._-]</c>, not starting with a dot.
/// </summary>
public readonly record struct LedgerId
{
    private const int MaxKind = 16;
    private const int MaxName = 100;

    private LedgerId(string value) => Value = value;

    /// <summary>The whole identifier.</summary>
    public string Value { get; }

    public string Kind => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <exception cref="FormatException">The text is not a ledger identifier.</exception>
    public static LedgerId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a ledger identifier.");

    public static bool TryParse([NotNullWhen(true)] string? text, out LedgerId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash is < 1 or > MaxKind || text.Length - slash - 1 is < 1 or > MaxName || text[slash + 1] == '.')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var ok = i < slash ? char.IsAsciiLetterLower(c) : i == slash || char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
            if (!ok)
            {
                return false;
            }
        }

        id = new LedgerId(text);
        return true;
    }

    public override string ToString() => Value;
}
