using System.Buffers.Binary;
using System.Globalization;

namespace BriData.Ledger.Notes;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Key name.</param>
/// <param name="KeyId">Key identifier.</param>
/// <param name="Signature">The signature without the key identifier; at least one byte.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Dash = "\u2014 ";

    /// <summary>The line without its newline: em dash, name, base64(key identifier ‖ signature).</summary>
    public string ToLine()
    {
        var bytes = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(sizeof(uint)));
        return string.Create(CultureInfo.InvariantCulture, $"{Dash}{Name} {Convert.ToBase64String(bytes)}");
    }

    /// <summary>Reads one line; null when it is not a signature line.</summary>
    internal static NoteSignature? ParseLine(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal))
        {
            return null;
        }

        line = line[Dash.Length..];
        var space = line.IndexOf(' ');
        if (space < 0 || !NoteKey.IsName(line[..space]) || !StrictText.TryBase64(line[(space + 1)..], out var bytes) || bytes.Length <= sizeof(uint))
        {
            return null;
        }

        return new NoteSignature(line[..space].ToString(), BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)));
    }
}
