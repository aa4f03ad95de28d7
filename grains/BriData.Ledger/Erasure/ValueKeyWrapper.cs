using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace BriData.Ledger.Erasure;

/// <summary>
/// Names keys and wraps them for storage. A name is the AES encryption of a row number and a random mark, so names of one
/// ledger do not tell how many keys others took (I10). A key is wrapped with AES-256-GCM under a key-encryption key, bound
/// to its row. Random nonces bound a deployment to 2^32 keys (NIST SP 800-38D, section 8.3).
/// </summary>
public sealed class ValueKeyWrapper
{
    /// <summary>Length of a row's value, the same before and after erasure, so that erasing overwrites in place.</summary>
    public const int RowBytes = 1 + MarkBytes + WrappedBytes;

    private const byte Present = 1;
    private const byte Erased = 0;
    private const int MarkBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int WrappedBytes = NonceBytes + ValueKey.SecretBytes + TagBytes;
    private const int NameBytes = 16;

    private readonly byte[] _wrappingKey;
    private readonly byte[] _namingKey;

    /// <param name="seed">32 secret bytes, the same as long as the store is to be read.</param>
    public ValueKeyWrapper(byte[] seed)
    {
        _wrappingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, ValueKey.SecretBytes, info: "wrap"u8.ToArray());
        _namingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, seed, ValueKey.SecretBytes, info: "name"u8.ToArray());
    }

    /// <summary>Makes keys for consecutive rows, with the value to store in each.</summary>
    public (ValueKey Key, byte[] Row)[] Create(long firstRow, int count)
    {
        using var wrapping = new AesGcm(_wrappingKey, TagBytes);
        using var naming = Naming();
        var made = new (ValueKey Key, byte[] Row)[count];
        Span<byte> secret = stackalloc byte[ValueKey.SecretBytes];
        Span<byte> context = stackalloc byte[NameBytes];
        for (var i = 0; i < count; i++)
        {
            var row = new byte[RowBytes];
            row[0] = Present;
            var mark = row.AsSpan(1, MarkBytes);
            RandomNumberGenerator.Fill(mark);
            RandomNumberGenerator.Fill(secret);
            WriteContext(context, firstRow + i, mark);
            Split(row, out var nonce, out var wrapped, out var tag);
            RandomNumberGenerator.Fill(nonce);
            wrapping.Encrypt(nonce, secret, wrapped, tag, context);
            made[i] = (new ValueKey(Base64Url.EncodeToString(naming.EncryptEcb(context, PaddingMode.None)), secret), row);
        }

        CryptographicOperations.ZeroMemory(secret);
        return made;
    }

    /// <summary>The row that a name stands for; false for a name that cannot be one.</summary>
    public bool TryRow(string id, out long row) => TryName(id, out row, out _);

    /// <summary>What a row says of the key with this name. A row that another key has taken since does not know it.</summary>
    /// <exception cref="CryptographicException">The row is damaged, or was wrapped under another seed.</exception>
    public ValueKeyLookup Read(string id, ReadOnlySpan<byte> row)
    {
        if (row.Length != RowBytes)
        {
            throw new CryptographicException("The row of a value key has a wrong length.");
        }

        if (!IsOf(id, row, out var name))
        {
            return default;
        }

        if (row[0] == Erased)
        {
            return new ValueKeyLookup(null, DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(row[(1 + MarkBytes)..])));
        }

        Span<byte> secret = stackalloc byte[ValueKey.SecretBytes];
        using var wrapping = new AesGcm(_wrappingKey, TagBytes);
        var rest = row[(1 + MarkBytes)..];
        wrapping.Decrypt(rest[..NonceBytes], rest.Slice(NonceBytes, ValueKey.SecretBytes), rest[^TagBytes..], secret, name);
        var key = new ValueKey(id, secret);
        CryptographicOperations.ZeroMemory(secret);
        return new ValueKeyLookup(key, null);
    }

    /// <summary>Whether a row holds a key that was wrapped under this seed.</summary>
    public bool Opens(long row, ReadOnlySpan<byte> value)
    {
        if (value.Length != RowBytes || value[0] != Present)
        {
            return false;
        }

        Span<byte> secret = stackalloc byte[ValueKey.SecretBytes];
        Span<byte> context = stackalloc byte[NameBytes];
        WriteContext(context, row, value.Slice(1, MarkBytes));
        using var wrapping = new AesGcm(_wrappingKey, TagBytes);
        var rest = value[(1 + MarkBytes)..];
        try
        {
            wrapping.Decrypt(rest[..NonceBytes], rest.Slice(NonceBytes, ValueKey.SecretBytes), rest[^TagBytes..], secret, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The value that takes the place of an erased key; null when the row is not this key's or is erased already.</summary>
    public byte[]? Erase(string id, ReadOnlySpan<byte> row, DateTimeOffset at)
    {
        if (row.Length != RowBytes || row[0] == Erased || !IsOf(id, row, out _))
        {
            return null;
        }

        var erased = new byte[RowBytes];
        row.Slice(1, MarkBytes).CopyTo(erased.AsSpan(1));
        BinaryPrimitives.WriteInt64BigEndian(erased.AsSpan(1 + MarkBytes), at.ToUnixTimeMilliseconds());
        return erased;
    }

    private static void Split(byte[] row, out Span<byte> nonce, out Span<byte> wrapped, out Span<byte> tag)
    {
        nonce = row.AsSpan(1 + MarkBytes, NonceBytes);
        wrapped = row.AsSpan(1 + MarkBytes + NonceBytes, ValueKey.SecretBytes);
        tag = row.AsSpan(RowBytes - TagBytes);
    }

    private static void WriteContext(Span<byte> context, long row, ReadOnlySpan<byte> mark)
    {
        BinaryPrimitives.WriteInt64BigEndian(context, row);
        mark.CopyTo(context[sizeof(long)..]);
    }

    private bool IsOf(string id, ReadOnlySpan<byte> row, [NotNullWhen(true)] out byte[]? name) =>
        TryName(id, out _, out name) && row.Slice(1, MarkBytes).SequenceEqual(name.AsSpan(sizeof(long)));

    private bool TryName(string id, out long row, [NotNullWhen(true)] out byte[]? name)
    {
        (row, name) = (0, null);
        Span<byte> bytes = stackalloc byte[NameBytes];
        if (id.Length != 22 || !Base64Url.IsValid(id) || Base64Url.DecodeFromChars(id, bytes) != NameBytes)
        {
            return false;
        }

        using var naming = Naming();
        name = naming.DecryptEcb(bytes, PaddingMode.None);
        row = BinaryPrimitives.ReadInt64BigEndian(name);
        return row > 0;
    }

    // One block of unique content each, so that the plain block cipher is the permutation that is wanted.
    private Aes Naming()
    {
        var naming = Aes.Create();
        naming.Key = _namingKey;
        return naming;
    }
}
