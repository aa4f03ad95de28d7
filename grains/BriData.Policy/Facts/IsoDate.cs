using System.Globalization;

namespace BriData.Policy.Facts;

/// <summary>Calendar days as documents write them: exactly <c>yyyy-MM-dd</c>.</summary>
internal static class IsoDate
{
    public static bool TryParse(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
