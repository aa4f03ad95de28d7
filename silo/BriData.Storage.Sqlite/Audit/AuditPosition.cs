using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace BriData.Storage.Sqlite.Audit;

/// <summary>A record's place in search order, and as text the cursor that continues behind it.</summary>
internal readonly record struct AuditPosition(long Ticks, LedgerId Ledger, long Index) : IComparable<AuditPosition>
{
    private const byte Version = 1;
    private const int Fixed = 1 + sizeof(long) + sizeof(long);

    /// <exception cref="FormatException">The text is not a cursor of this version.</exception>
    public static AuditPosition Parse(string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (Base64Url.IsValid(cursor) && Base64Url.DecodeFromChars(cursor) is { Length: > Fixed } bytes && bytes[0] == Version)
        {
            var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1));
            var index = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1 + sizeof(long)));
            if (LedgerId.TryParse(Encoding.UTF8.GetString(bytes.AsSpan(Fixed)), out var ledger) && ticks >= 0 && index >= 0)
            {
                return new AuditPosition(ticks, ledger, index);
            }
        }

        throw new FormatException("The cursor is not one that was given out.");
    }

    public int CompareTo(AuditPosition other)
    {
        var order = Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : string.CompareOrdinal(Ledger.Value, other.Ledger.Value);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }

    public string ToCursor()
    {
        var name = Encoding.UTF8.GetBytes(Ledger.Value);
        var bytes = new byte[Fixed + name.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(long)), Index);
        name.CopyTo(bytes, Fixed);
        return Base64Url.EncodeToString(bytes);
    }
}
