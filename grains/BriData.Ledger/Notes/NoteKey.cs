using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BriData.Ledger.Notes;

/// <summary>Names and identifiers of note keys, C2SP signed-note.</summary>
internal static class NoteKey
{
    /// <summary>Signature type of Ed25519 over the note text.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Not empty, no Unicode white space, no plus sign, no control character.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (c < ' ' || c == '+' || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return !name.IsEmpty && !StrictText.HasForbidden(name);
    }

    /// <exception cref="ArgumentException">The text is not a key name.</exception>
    public static string RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name) ? name : throw new ArgumentException($"'{name}' is not a note key name.", nameof(name));
    }

    /// <summary>SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4], big-endian.</summary>
    public static uint Id(string name, ReadOnlySpan<byte> publicKey)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData([(byte)'\n', Ed25519]);
        hash.AppendData(publicKey);
        return BinaryPrimitives.ReadUInt32BigEndian(hash.GetHashAndReset());
    }

    /// <summary>name+hex(id)+base64(0x01 ‖ public key).</summary>
    public static string Write(string name, uint id, ReadOnlySpan<byte> publicKey) =>
        $"{name}+{id:x8}+{Convert.ToBase64String([Ed25519, .. publicKey])}";
}
