using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BriData.Ledger.Audit;

/// <summary>
/// The place of a record in search order: time, then ledger (ordinal), then index. Unique per record and never changing,
/// so a page that continues behind it neither repeats nor skips a record.
/// </summary>
internal readonly record struct AuditCursor(long Ticks, string Ledger, long Index) : IComparable<AuditCursor>
{
    public static AuditCursor Of(AuditRecord record) => new(record.At.UtcTicks, record.Ledger.Value, record.Index);

    /// <exception cref="FormatException">The text was not made by <see cref="Write"/>.</exception>
    public static AuditCursor Parse(string text)
    {
        if (Base64Url.IsValid(text))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
            if (parts.Length == 3
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && LedgerId.TryParse(parts[1], out _)
                && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return new AuditCursor(ticks, parts[1], index);
            }
        }

        throw new FormatException("The cursor is not one that was given out.");
    }

    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Ticks} {Ledger} {Index}")));

    public int CompareTo(AuditCursor other)
    {
        var order = Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : string.CompareOrdinal(Ledger, other.Ledger);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }
}
