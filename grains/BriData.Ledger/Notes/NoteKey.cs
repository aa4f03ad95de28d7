using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using IncrementalHash = System.Security.Cryptography.IncrementalHash;

namespace BriData.Ledger.Notes;

/// <summary>Names and identifiers of note keys, C2SP signed-note.</summary>
internal static class NoteKey
{
    /// <summary>Signature type of Ed25519 over the note text.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Signature type of timestamped Ed25519 cosignatures of checkpoints, C2SP tlog-cosignature.</summary>
    public const byte Cosignature = 0x04;

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

    /// <summary>SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], big-endian.</summary>
    public static uint Id(string name, byte type, ReadOnlySpan<byte> publicKey)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData([(byte)'\n', type]);
        hash.AppendData(publicKey);
        return BinaryPrimitives.ReadUInt32BigEndian(hash.GetHashAndReset());
    }

    /// <summary>name+hex(id)+base64(type ‖ public key).</summary>
    public static string Write(string name, byte type, uint id, ReadOnlySpan<byte> publicKey) =>
        $"{name}+{id:x8}+{Convert.ToBase64String([type, .. publicKey])}";

    /// <summary>Reads a vkey of one signature type over Ed25519, strictly.</summary>
    public static bool TryRead(string? vkey, byte type, [NotNullWhen(true)] out string? name, out uint keyId, [NotNullWhen(true)] out PublicKey? key)
    {
        (name, keyId, key) = (null, 0, null);

        // Base64 may hold a plus sign of its own: only the first two separate.
        var parts = vkey?.Split('+', 3);
        if (parts is not [var read, { Length: 8 } hash, var encoded]
            || !IsName(read)
            || !uint.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out keyId)
            || hash != keyId.ToString("x8", CultureInfo.InvariantCulture)
            || !StrictText.TryBase64(encoded, out var bytes)
            || bytes is not [var marked, .. var publicKey]
            || marked != type
            || Id(read, type, publicKey) != keyId
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out key)
            || key is null)
        {
            return false;
        }

        name = read;
        return true;
    }
}
