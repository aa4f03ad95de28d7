namespace BriData.Ledger.Erasure;

/// <summary>A key and its name. The name is no secret; the key never leaves the process but wrapped.</summary>
public sealed class ValueKey
{
    /// <summary>Length of a key.</summary>
    public const int SecretBytes = 32;

    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">The secret is not 32 bytes.</exception>
    public ValueKey(string id, ReadOnlySpan<byte> secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (secret.Length != SecretBytes)
        {
            throw new ArgumentException($"A value key has {SecretBytes} bytes, not {secret.Length}.", nameof(secret));
        }

        Id = id;
        _secret = secret.ToArray();
    }

    public string Id { get; }

    /// <summary>The key, 32 bytes.</summary>
    internal ReadOnlySpan<byte> Secret => _secret;

    /// <summary>The name alone, so that no log holds a key.</summary>
    public override string ToString() => Id;
}
